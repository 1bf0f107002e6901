package dev.weir.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("No-Vary-Search: which of the query matters")
class NoVarySearchTest {

    @ParameterizedTest(name = "{0}: {1} becomes {2}")
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            params                          | a=1&b=2          | null
            params=("b")                    | a=1&b=2          | a=1
            params=("b" "a")                | a=1&b=2          | null
            params=()                       | a=1&b=2          | a=1&b=2
            params=?0                       | a=1&b=2          | a=1&b=2
            params, except=("a")            | a=1&b=2          | a=1
            key-order                       | b=2&a=1&b=1      | a=1&b=2&b=1
            key-order=?0                    | b=2&a=1          | b=2&a=1
            key-order, params=("x")         | x=0&b=2&a=1      | a=1&b=2
            params=("a b")                  | a+b=1&a%20b=2&c  | c
            params=("%zz")                  | %zz=1&c          | c
            params=("%zz")                  | %yy=1&c          | %yy=1&c
            params=("")                     | =x&a=1           | a=1
            params=("%C3%A9+x")             | %c3%a9%20x=1&c   | c
            params=("a+b")                  | a%20b=1&c        | c
            params, except=("%61")          | a=1&c            | a=1
            params=("b")                    | null             | null
            """)
    @DisplayName("names are compared decoded, what is kept is kept as it was")
    void reduced(String field, @Nullable String query, @Nullable String expected) {
        assertThat(reduce(field, query)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "params=1",
                "params=(a)",
                "params=(\"a\"), except=(\"b\")",
                "params=?0, except=(\"b\")",
                "except=(\"b\")",
                "params, except",
                "params, except=(b)",
                "key-order=1, params",
                "key-order=(\"a\"), params",
                "params=(\"a\"",
                "Params"
            })
    @DisplayName("MUST mean nothing when invalid: all of the query matters")
    void invalid(String field) {
        assertThat(NoVarySearch.of(Headers.of("No-Vary-Search", field))).isEqualTo(NoVarySearch.NONE);
        assertThat(reduce(field, "b&a")).isEqualTo("b&a");
    }

    @Test
    @DisplayName("absent: all of the query matters")
    void absent() {
        assertThat(NoVarySearch.of(Headers.empty())).isEqualTo(NoVarySearch.NONE);
    }

    private static @Nullable String reduce(String field, @Nullable String query) {
        CacheKey key = new CacheKey("https", "h", "/", query);
        return NoVarySearch.of(Headers.of("No-Vary-Search", field)).reduce(key).query();
    }
}
