package dev.weir.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §8.8.3: entity tags")
class EntityTagsTest {

    @ParameterizedTest(name = "{0} and {1}: strongly {2}, weakly {3}")
    @CsvSource(
            quoteCharacter = '^',
            value = {
                "W/\"1\", W/\"1\", false, true",
                "W/\"1\", W/\"2\", false, false",
                "W/\"1\", \"1\", false, true",
                "\"1\", W/\"1\", false, true",
                "\"1\", \"1\", true, true",
                "\"1\", \"2\", false, false",
                "1, 1, false, false",
                "w/\"1\", w/\"1\", false, false"
            })
    @DisplayName("§8.8.3.2: comparison")
    void comparison(String one, String other, boolean strongly, boolean weakly) {
        assertThat(EntityTags.matchesStrongly(one, other)).isEqualTo(strongly);
        assertThat(EntityTags.matchesWeakly(one, other)).isEqualTo(weakly);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\"", "W/", "W/\"", "a", "\"a", "a\"", "\"a\"b\"", "\"a b\"", "\"a\u007f\"", "*", "'a'"})
    @DisplayName("what is none")
    void invalid(String text) {
        assertThat(EntityTags.isValid(text)).isFalse();
        assertThat(EntityTags.withCoding(text, "br5")).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "W/\"\"", "\"abc\"", "\"a,b\"", "\"ü\"", "\"\\\"", "\"a;w-\""})
    @DisplayName("what is one, and survives a coding's suffix and back")
    void valid(String etag) {
        assertThat(EntityTags.isValid(etag)).isTrue();
        assertThat(EntityTags.withoutCoding(EntityTags.withCoding(etag, "br5"))).isEqualTo(etag);
        assertThat(EntityTags.withoutCoding(EntityTags.withCoding(etag, "dcb-11")))
                .isEqualTo(etag);
        assertThat(EntityTags.withoutCoding(EntityTags.withCoding(etag, "az-09")))
                .isEqualTo(etag);
    }

    @Test
    @DisplayName("in a list each loses its suffix; commas and backslashes inside do not part it; * stays")
    void lists() {
        assertThat(EntityTags.withoutCodings("\"a,b;w-br5\", W/\"c\\\",\"d;w-gzip6\""))
                .isEqualTo("\"a,b\", W/\"c\\\", \"d\"");
        assertThat(EntityTags.withoutCodings("*")).isEqualTo("*");
    }

    @Test
    @DisplayName("§8.8.3.3: a coding's tag has the suffix inside the quotes and differs from the identity's")
    void coding() {
        assertThat(EntityTags.withCoding("\"abc\"", "br5")).isEqualTo("\"abc;w-br5\"");
        assertThat(EntityTags.withCoding("W/\"abc\"", "gzip6")).isEqualTo("W/\"abc;w-gzip6\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"abc\"",
                "\"abc;br5\"",
                "\"abc;w-BR\"",
                "\"a;w-b r\"",
                "abc;w-br5",
                "\"a;w-{\"",
                "\"a;w-:\"",
                "\"a;w-!\"",
                "\"a;w-.\""
            })
    @DisplayName("a tag without Weir's suffix stays as it is")
    void withoutCoding(String etag) {
        assertThat(EntityTags.withoutCoding(etag)).isEqualTo(etag);
    }
}
