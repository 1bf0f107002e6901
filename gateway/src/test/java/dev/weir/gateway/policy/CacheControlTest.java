package dev.weir.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Cache directives")
class CacheControlTest {

    @Nested
    @DisplayName("RFC 9111 §5.2: the grammar")
    class Grammar {

        @ParameterizedTest(name = "{0} has max-age {1}")
        @CsvSource(delimiter = '|', nullValues = "null", quoteCharacter = '^', textBlock = """
                max-age=60                        | 60
                MAX-age=60                        | 60
                max-age="60"                      | 60
                max-age="6\\0"                    | 60
                max-age=0060                      | 60
                , ,max-age=60,                    | 60
                public,	max-age=60	,x        | 60
                x="max-age=1", max-age=60         | 60
                x="a\\", max-age=1", max-age=60   | 60
                max-age=60, max-age=60            | 60
                max-age=2147483649                | 2147483648
                max-age=99999999999999999999999   | 2147483648
                max-age=60, max-age=61            | 0
                max-age=61, max-age=60            | 0
                max-age=-1                        | 0
                max-age=+1                        | 0
                max-age=60.0                      | 0
                max-age=6e1                       | 0
                max-age=60s                       | 0
                max-age='60'                      | 0
                max-age= 60                       | 0
                max-age=                          | 0
                max-age                           | 0
                max-age="                         | 0
                max-age="60                       | 0
                max-age =60                       | null
                xmax-age=60                       | null
                x="max-age=60"                    | null
                x="max-age=60                     | null
                x="open, max-age=60               | 60
                x="a", y="open, max-age=60        | 60
                x="\\"\\"\\", max-age=60           | 60
                max-age;60                        | null
                """)
        @DisplayName("SHOULD accept both forms of an argument; what is invalid or in conflict counts as zero (§4.2.1)")
        void seconds(String value, @Nullable Long seconds) {
            var parsed = CacheControl.parse(value).seconds("max-age");

            assertThat(parsed == null ? null : parsed.toSeconds()).isEqualTo(seconds);
        }

        @Test
        @DisplayName("A string that never closes hides no directive after it")
        void unclosed() {
            assertThat(CacheControl.parse("x=\"a, no-store").has("no-store")).isTrue();
            assertThat(CacheControl.parse("x=\"a\", y=\"b\\\", private").has("private"))
                    .isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"max-stale=", "max-stale=\"\"", "max-stale=x"})
        @DisplayName("§5.2.1.2: an argument that is empty is not none")
        void emptyArgument(String value) {
            CacheControl control = CacheControl.parse(value);

            assertThat(control.hasNoArgument("max-stale")).isFalse();
            assertThat(control.seconds("max-stale")).hasSeconds(0);
        }

        @Test
        @DisplayName("an argument is kept as it reads; one that reads as nothing is none that any rule knows")
        void arguments() {
            assertThat(CacheControl.parse("a, B=c, d=\"\", =e, f=\"g\\h\", i=\"")
                            .directives())
                    .isEqualTo(Map.of("a", "", "b", "c", "d", "?", "", "e", "f", "gh", "i", "\""));
        }

        @ParameterizedTest(name = "<{0}> is {1}")
        @CsvSource({"'', -1", "x, -1", "1x, -1", "-1, -1", "0, 0", "2147483647, 2147483647", "2147483649, 2147483648"})
        @DisplayName("§1.2.2: delta-seconds are digits alone; what overflows MUST count as 2^31")
        void deltaSeconds(String text, long seconds) {
            assertThat(CacheControl.deltaSeconds(text)).isEqualTo(seconds);
        }

        @Test
        @DisplayName("Several lines are one list (RFC 9110 §5.3)")
        void lines() {
            CacheControl control = CacheControl.of(Headers.of("Cache-Control", "public", "cache-control", "max-age=1"));

            assertThat(control.has("public")).isTrue();
            assertThat(control.has("max-age")).isTrue();
        }

        @Test
        @DisplayName("§5.2.3: MUST ignore unknown directives")
        void extensions() {
            assertThat(CacheControl.parse("community=\"UCI\", private").has("private"))
                    .isTrue();
        }

        @Test
        @DisplayName("No field is no directive")
        void none() {
            assertThat(CacheControl.of(Headers.empty()).directives()).isEmpty();
        }
    }

    @Nested
    @DisplayName("RFC 9213 §2.2: targeted fields")
    class Targeted {

        private final CacheRules rules = CacheRules.DEFAULT;

        @ParameterizedTest(name = "{0} has max-age {1}")
        @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
                max-age=60                   | 60
                max-age=60;foo=bar           | 60
                foobar, max-age=60           | 60
                max-age=1, max-age=60        | 60
                max-age="60"                 | 0
                max-age=60.0                 | 0
                max-age=-60                  | 0
                max-age                      | 0
                max-age=(60)                 | 0
                max-age=?0                   | null
                """)
        @DisplayName("MUST be read as dictionaries: numbers are integers, parameters are ignored (§2.1)")
        void valid(String value, @Nullable Long seconds) {
            Headers headers = Headers.of("CDN-Cache-Control", value, "Cache-Control", "no-store");
            CacheControl control = CacheControl.ruling(headers, rules);
            var parsed = control.seconds("max-age");

            assertThat(parsed == null ? null : parsed.toSeconds()).isEqualTo(seconds);
            assertThat(control.has("no-store")).isFalse();
        }

        @Test
        @DisplayName("a value of another type MUST NOT be taken for none (§2.1)")
        void otherTypes() {
            Headers headers = Headers.of("CDN-Cache-Control", "a=\"60\", b=60, c, d=1.5, e=(1), f=t");

            assertThat(CacheControl.ruling(headers, rules).directives())
                    .isEqualTo(Map.of("a", "?", "b", "60", "c", "", "d", "?", "e", "?", "f", "?"));
        }

        @ParameterizedTest(name = "<{0}>")
        @CsvSource(delimiter = '|', textBlock = """
                ''
                max-age=60, &&&
                MaX-aGe=60
                max-age =60
                max-age= 60
                max-age=60,
                """)
        @DisplayName("MUST be ignored whole when invalid or empty")
        void invalid(String value) {
            Headers headers = Headers.of("CDN-Cache-Control", value, "Cache-Control", "no-store");

            assertThat(CacheControl.ruling(headers, rules).has("no-store")).isTrue();
        }

        @Test
        @DisplayName("MUST obey the first of the list that is valid")
        void first() {
            Headers both = Headers.of("CDN-Cache-Control", "max-age=1", "Weir-Cache-Control", "max-age=2");
            Headers broken = Headers.of("CDN-Cache-Control", "max-age=1", "Weir-Cache-Control", "&");

            assertThat(CacheControl.ruling(both, rules).seconds("max-age")).hasSeconds(2);
            assertThat(CacheControl.ruling(broken, rules).seconds("max-age")).hasSeconds(1);
        }

        @Test
        @DisplayName("MUST NOT be changed by fields that are not on the list")
        void unlisted() {
            Headers headers = Headers.of("Other-Cache-Control", "max-age=1", "Cache-Control", "max-age=2");

            assertThat(CacheControl.ruling(headers, rules).seconds("max-age")).hasSeconds(2);
        }
    }
}
