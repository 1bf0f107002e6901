package dev.weir.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 9110 §5: fields")
class HeadersTest {

    private static final Headers FIELDS = Headers.of("A", "1", "b", "2", "a", "3");

    @Test
    @DisplayName("§5.1, §5.3: names have no case, lines keep their order")
    void reading() {
        assertThat(FIELDS.all("a")).containsExactly("1", "3");
        assertThat(FIELDS.list("a")).isEqualTo("1, 3");
        assertThat(FIELDS.first("a")).isEqualTo("1");
        assertThat(FIELDS.only("a")).isNull();
        assertThat(FIELDS.only("B")).isEqualTo("2");
        assertThat(FIELDS.list("c")).isNull();
        assertThat(FIELDS.contains("c")).isFalse();
        assertThat(FIELDS.names()).containsExactlyInAnyOrder("a", "b");
        assertThat(FIELDS.size()).isEqualTo(3);
        assertThat(FIELDS.name(2) + FIELDS.value(2)).isEqualTo("a3");
        assertThat(FIELDS).hasToString("A: 1\nb: 2\na: 3\n");
    }

    @Test
    @DisplayName("changes make new fields and leave the old ones as they are")
    void changing() {
        assertThat(FIELDS.with("A", "9")).isEqualTo(Headers.of("b", "2", "A", "9"));
        assertThat(FIELDS.plus("A", "9").all("a")).containsExactly("1", "3", "9");
        assertThat(FIELDS.without("A")).isEqualTo(Headers.of("b", "2"));
        assertThat(FIELDS.without("c")).isSameAs(FIELDS);
        assertThat(FIELDS.without(Set.of("a", "b"))).isSameAs(Headers.empty());
        assertThat(Headers.builder()
                        .addAll("x", List.of("1", "2"))
                        .addAll(FIELDS)
                        .build()
                        .size())
                .isEqualTo(5);
        assertThat(FIELDS.size()).isEqualTo(3);
    }

    @Test
    @DisplayName("equal without regard to the case of names")
    void equality() {
        Headers same = Headers.of("a", "1", "B", "2", "A", "3");

        assertThat(FIELDS).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(FIELDS).isNotEqualTo(Headers.of("b", "2", "A", "1", "a", "3"));
        assertThat(FIELDS).isNotEqualTo(Headers.of("A", "1", "b", "2", "a", "4"));
        assertThat(FIELDS).isNotEqualTo(Headers.empty());
        assertThat(FIELDS).isNotEqualTo(FIELDS.toString());
    }

    @Test
    @DisplayName("a name without a value is an error in the program")
    void odd() {
        assertThatThrownBy(() -> Headers.of("a")).isInstanceOf(IllegalArgumentException.class);
    }
}
