package dev.weir.gateway.policy;

import static dev.weir.gateway.policy.Given.RULES;
import static dev.weir.gateway.policy.Given.after;
import static dev.weir.gateway.policy.Given.get;
import static dev.weir.gateway.policy.Given.status;
import static dev.weir.gateway.policy.Given.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Request;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("May a stored response stand in while the origin fails?")
class StaleOnErrorTest {

    @ParameterizedTest(name = "{0} after {1} s: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            max-age=60                        | 10   | true
            max-age=60                        | 3660 | true
            max-age=60                        | 3661 | false
            max-age=60, stale-if-error=5      | 65   | true
            max-age=60, stale-if-error=5      | 66   | false
            max-age=60, stale-if-error=9000   | 9060 | true
            max-age=60, stale-if-error=x      | 61   | false
            """)
    @DisplayName("RFC 5861 §4: the response's own window; RFC 9111 §4.2.4: else the route's, of an hour here")
    void window(String control, long seconds, boolean may) {
        assertThat(may(stored("Cache-Control", control), get(), Trust.VALID, seconds))
                .isEqualTo(may);
    }

    @ParameterizedTest
    @CsvSource({
        "500, true",
        "501, false",
        "502, true",
        "503, true",
        "504, true",
        "505, false",
        "404, false",
        "200, false"
    })
    @DisplayName("RFC 5861 §4, RFC 9111 §4.3.3: 500, 502, 503 and 504 count as no answer")
    void failures(int status, boolean failure) {
        assertThat(Reuse.isServerFailure(status)).isEqualTo(failure);
    }

    @Test
    @DisplayName("RFC 5861 §4: the request may state a window where the response does not")
    void requested() {
        Request client = get("Cache-Control", "stale-if-error=5");

        assertThat(may(stored("Cache-Control", "max-age=60"), client, Trust.VALID, 65))
                .isTrue();
        assertThat(may(stored("Cache-Control", "max-age=60"), client, Trust.VALID, 66))
                .isFalse();
        assertThat(may(stored("Cache-Control", "max-age=60, stale-if-error=9"), client, Trust.VALID, 69))
                .isTrue();
    }

    @Nested
    @DisplayName("RFC 9111 §4.2.4: MUST NOT")
    class Never {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "max-age=60, must-revalidate",
                    "max-age=60, proxy-revalidate",
                    "s-maxage=60",
                    "max-age=60, no-cache",
                    "max-age=60, no-store"
                })
        @DisplayName("past a directive that forbids it, stale-if-error or not")
        void directive(String control) {
            assertThat(may(stored("Cache-Control", control + ", stale-if-error=900"), get(), Trust.VALID, 61))
                    .isFalse();
        }

        @Test
        @DisplayName("for a client that demands validation (§5.2.1.4)")
        void noCache() {
            Request client = get("Cache-Control", "no-cache");

            assertThat(may(stored("Cache-Control", "max-age=60"), client, Trust.VALID, 1))
                    .isFalse();
        }

        @ParameterizedTest
        @CsvSource({"VALID, true", "STALE, true", "VALIDATE, false", "GONE, false"})
        @DisplayName("after a purge that is more than soft")
        void purged(Trust trust, boolean may) {
            assertThat(may(stored("Cache-Control", "max-age=60"), get(), trust, 61))
                    .isEqualTo(may);
        }

        @ParameterizedTest
        @CsvSource({"404, true", "499, true", "500, false", "503, false", "599, false"})
        @DisplayName("with an error in place of an error")
        void error(int status, boolean may) {
            assertThat(may(stored(status(status, "Cache-Control", "max-age=60"), RULES), get(), Trust.VALID, 61))
                    .isEqualTo(may);
        }

        @Test
        @DisplayName("under other rules than it was stored by")
        void otherRules() {
            StoredResponse stored = stored("Cache-Control", "max-age=60");

            assertThat(Reuse.mayServeStaleOnError(stored, get(), RULES.withObeyClient(false), Trust.VALID, after(1)))
                    .isFalse();
        }

        @Test
        @DisplayName("with a part for the whole")
        void part() {
            StoredResponse part =
                    stored(status(206, "Cache-Control", "max-age=60", "Content-Range", "bytes 0-4/10"), RULES);

            assertThat(may(part, get(), Trust.VALID, 61)).isFalse();
            assertThat(may(part, get("Range", "bytes=0-1"), Trust.VALID, 61)).isTrue();
        }
    }

    private static boolean may(StoredResponse stored, Request client, Trust trust, long seconds) {
        return Reuse.mayServeStaleOnError(stored, client, RULES, trust, after(seconds));
    }
}
