package dev.weir.ssr.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityTagTest {
    @Test
    void isStrongAndMadeFromTheBytes() {
        String tag = EntityTag.of("a".getBytes(StandardCharsets.UTF_8));

        assertThat(tag).matches("\"[A-Za-z0-9_-]{22}\"");
        assertThat(EntityTag.of("a".getBytes(StandardCharsets.UTF_8))).isEqualTo(tag);
        assertThat(EntityTag.of("b".getBytes(StandardCharsets.UTF_8))).isNotEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"x\"       | true",
                "W/\"x\"     | true",
                "\"y\", \"x\" | true",
                "*           | true",
                "\"y\"       | false",
                "x           | false",
                "\"X\"       | false"
            })
    void comparesWeakly(String ifNoneMatch, boolean expected) {
        assertEquals(expected, EntityTag.matches(List.of(ifNoneMatch), "\"x\""));
    }

    @Test
    void readsSeveralLines() {
        assertThat(EntityTag.matches(List.of("\"y\"", "\"x\""), "\"x\"")).isTrue();
        assertThat(EntityTag.matches(List.of(), "\"x\"")).isFalse();
    }
}
