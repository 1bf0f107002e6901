package dev.weir.gateway.policy;

import static dev.weir.gateway.policy.Given.DATE;
import static dev.weir.gateway.policy.Given.after;
import static dev.weir.gateway.policy.Given.by;
import static dev.weir.gateway.policy.Given.get;
import static dev.weir.gateway.policy.Given.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.HttpDate;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.Validation.Precondition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 §4.3.2, RFC 9110 §13: a client's preconditions")
class PreconditionsTest {

    private static final String MODIFIED = HttpDate.format(after(-100));
    private static final Headers SELECTED =
            ok("ETag", "\"abc\"", "Last-Modified", MODIFIED).headers();

    @Nested
    @DisplayName("RFC 9110 §13.1.2: If-None-Match")
    class IfNoneMatch {

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                "abc"                   | NOT_MODIFIED
                W/"abc"                 | NOT_MODIFIED
                "x", "abc"              | NOT_MODIFIED
                "x" , W/"abc","y"       | NOT_MODIFIED
                *                       | NOT_MODIFIED
                "abc;w-br5"             | NOT_MODIFIED
                W/"abc;w-zstd3"         | NOT_MODIFIED
                "x"                     | SEND
                "ABC"                   | SEND
                abc                     | SEND
                "x, "abc""              | SEND
                "a,*"                   | SEND
                "x\\", "abc"            | NOT_MODIFIED
                "x,y", "abc"            | NOT_MODIFIED
                "x, "abc                | SEND
                "x" "abc"               | SEND
                "x;w-br5"               | SEND
                """)
        @DisplayName("MUST compare weakly, lists and * too, in whatever coding the client holds it")
        void identity(String value, Precondition expected) {
            assertThat(evaluate("If-None-Match", value)).isEqualTo(expected);
        }

        @Test
        @DisplayName("matches a coded form's tag by the identity's, and by another coding's")
        void coded() {
            Headers coded = SELECTED.with("ETag", "\"abc;w-br5\"");

            assertThat(Validation.evaluate(get("If-None-Match", "\"abc\""), 200, coded))
                    .isEqualTo(Precondition.NOT_MODIFIED);
            assertThat(Validation.evaluate(get("If-None-Match", "\"abc;w-gzip6\""), 200, coded))
                    .isEqualTo(Precondition.NOT_MODIFIED);
        }

        @Test
        @DisplayName("several lines are one list")
        void lines() {
            Request client = get("If-None-Match", "\"x\"", "If-None-Match", "\"abc\"");

            assertThat(Validation.evaluate(client, 200, SELECTED)).isEqualTo(Precondition.NOT_MODIFIED);
        }

        @Test
        @DisplayName("matches nothing where there is no tag")
        void untagged() {
            assertThat(Validation.evaluate(get("If-None-Match", "\"abc\""), 200, Headers.empty()))
                    .isEqualTo(Precondition.SEND);
        }
    }

    @Nested
    @DisplayName("RFC 9110 §13.1.3: If-Modified-Since")
    class IfModifiedSince {

        @ParameterizedTest(name = "{0} s after Date: {1}")
        @CsvSource({"-101, SEND", "-100, NOT_MODIFIED", "0, NOT_MODIFIED", "500, NOT_MODIFIED"})
        @DisplayName("304 where the last modification is no later")
        void dates(long seconds, Precondition expected) {
            assertThat(evaluate("If-Modified-Since", HttpDate.format(after(seconds))))
                    .isEqualTo(expected);
        }

        @Test
        @DisplayName("MUST be ignored beside If-None-Match, even one that makes no sense")
        void precedence() {
            assertThat(evaluate("If-None-Match", "\"x\"", "If-Modified-Since", DATE))
                    .isEqualTo(Precondition.SEND);
            assertThat(evaluate("If-None-Match", "", "If-Modified-Since", DATE)).isEqualTo(Precondition.SEND);
        }

        @Test
        @DisplayName("MUST be ignored if it is no date, or more than one")
        void invalid() {
            assertThat(evaluate("If-Modified-Since", "yesterday")).isEqualTo(Precondition.SEND);
            assertThat(evaluate("If-Modified-Since", DATE, "If-Modified-Since", DATE))
                    .isEqualTo(Precondition.SEND);
        }

        @Test
        @DisplayName("SHOULD go by Date where there is no Last-Modified")
        void noLastModified() {
            Headers undated = Headers.of("X", "y");

            assertThat(Validation.evaluate(get("If-Modified-Since", DATE), 200, ok().headers()))
                    .isEqualTo(Precondition.NOT_MODIFIED);
            assertThat(Validation.evaluate(get("If-Modified-Since", MODIFIED), 200, ok().headers()))
                    .isEqualTo(Precondition.SEND);
            assertThat(Validation.evaluate(get("If-Modified-Since", DATE), 200, undated))
                    .isEqualTo(Precondition.SEND);
        }
    }

    @Nested
    @DisplayName("RFC 9110 §13.1.1, §13.1.4: If-Match, If-Unmodified-Since")
    class Unchanged {

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                "abc"       | SEND
                "x", "abc"  | SEND
                *           | SEND
                W/"abc"     | FAILED
                "abc;w-br5" | FAILED
                "x"         | FAILED
                """)
        @DisplayName("If-Match MUST compare strongly")
        void ifMatch(String value, Precondition expected) {
            assertThat(evaluate("If-Match", value)).isEqualTo(expected);
        }

        @Test
        @DisplayName("a backslash in a tag escapes nothing (§8.8.3)")
        void backslash() {
            assertThat(evaluate("If-Match", "\"x\\\", \"abc\"")).isEqualTo(Precondition.SEND);
            assertThat(Validation.evaluate(
                            get("If-None-Match", "\"a\\\""),
                            200,
                            ok("ETag", "\"a\\\"").headers()))
                    .isEqualTo(Precondition.NOT_MODIFIED);
        }

        @Test
        @DisplayName("If-Match fails where there is no tag")
        void untagged() {
            assertThat(Validation.evaluate(get("If-Match", "\"abc\""), 200, Headers.empty()))
                    .isEqualTo(Precondition.FAILED);
        }

        @Test
        @DisplayName("If-Match goes before If-Unmodified-Since, and both before If-None-Match")
        void order() {
            String before = HttpDate.format(after(-200));

            assertThat(evaluate("If-Match", "\"abc\"", "If-Unmodified-Since", before))
                    .isEqualTo(Precondition.SEND);
            assertThat(evaluate("If-Match", "\"x\"", "If-None-Match", "\"abc\""))
                    .isEqualTo(Precondition.FAILED);
            assertThat(evaluate("If-Unmodified-Since", before, "If-None-Match", "\"abc\""))
                    .isEqualTo(Precondition.FAILED);
            assertThat(evaluate("If-Match", "\"abc\"", "If-None-Match", "\"abc\""))
                    .isEqualTo(Precondition.NOT_MODIFIED);
        }

        @Test
        @DisplayName("If-Unmodified-Since fails only where the modification is known to be later")
        void ifUnmodifiedSince() {
            assertThat(evaluate("If-Unmodified-Since", MODIFIED)).isEqualTo(Precondition.SEND);
            assertThat(evaluate("If-Unmodified-Since", "never")).isEqualTo(Precondition.SEND);
            assertThat(Validation.evaluate(get("If-Unmodified-Since", MODIFIED), 200, ok().headers()))
                    .isEqualTo(Precondition.SEND);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 203, 299})
    @DisplayName("RFC 9110 §13.2.1: MUST be evaluated where it would be 2xx")
    void successful(int status) {
        assertThat(Validation.evaluate(get("If-None-Match", "*"), status, SELECTED))
                .isEqualTo(Precondition.NOT_MODIFIED);
    }

    @ParameterizedTest
    @ValueSource(ints = {199, 300, 301, 404, 500})
    @DisplayName("RFC 9110 §13.2.1: MUST be ignored where the answer would not be 2xx")
    void otherStatuses(int status) {
        assertThat(Validation.evaluate(get("If-None-Match", "*"), status, SELECTED))
                .isEqualTo(Precondition.SEND);
    }

    @Test
    @DisplayName("HEAD is evaluated as GET is, other methods are not the cache's")
    void methods() {
        Request client = get("If-None-Match", "\"abc\"");

        assertThat(Validation.evaluate(by("HEAD", client), 200, SELECTED)).isEqualTo(Precondition.NOT_MODIFIED);
        assertThat(Validation.evaluate(by("POST", client), 200, SELECTED)).isEqualTo(Precondition.SEND);
    }

    @Nested
    @DisplayName("RFC 9110 §15.4.5: the 304")
    class NotModified {

        private final Headers fields = SELECTED.plus("Content-Type", "text/plain")
                .plus("Content-Length", "5")
                .plus("Content-Encoding", "br")
                .plus("Content-Language", "en")
                .plus("Cache-Control", "max-age=60")
                .plus("Vary", "Accept")
                .plus("Expires", DATE)
                .plus("Content-Location", "/a");

        @Test
        @DisplayName("MUST carry what updates a cache, SHOULD NOT what describes content")
        void carried() {
            assertThat(Validation.notModified(get("If-Modified-Since", DATE), fields)
                            .names())
                    .containsExactlyInAnyOrder(
                            "date", "etag", "last-modified", "cache-control", "vary", "expires", "content-location");
        }

        @Test
        @DisplayName("names the representation by the tag that the client has")
        void tag() {
            assertThat(Validation.notModified(get("If-None-Match", "\"x\", \"abc;w-br5\""), fields)
                            .only("ETag"))
                    .isEqualTo("\"abc;w-br5\"");
            assertThat(Validation.notModified(get("If-None-Match", "*"), fields).only("ETag"))
                    .isEqualTo("\"abc\"");
        }
    }

    private static Precondition evaluate(String... fields) {
        return Validation.evaluate(get(fields), 200, SELECTED);
    }
}
