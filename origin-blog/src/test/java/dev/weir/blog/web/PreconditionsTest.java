package dev.weir.blog.web;

import static dev.weir.blog.web.Preconditions.Verdict.FAILED;
import static dev.weir.blog.web.Preconditions.Verdict.NOT_MODIFIED;
import static dev.weir.blog.web.Preconditions.Verdict.SEND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.blog.web.Preconditions.Verdict;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class PreconditionsTest {
    private static final String ETAG = "\"v1\"";
    private static final Instant MODIFIED = Instant.parse("2026-03-19T12:00:00Z");
    private static final String BEFORE = "Thu, 19 Mar 2026 11:59:59 GMT";
    private static final String SAME = "Thu, 19 Mar 2026 12:00:00 GMT";

    private final HttpHeaders request = new HttpHeaders();

    @Nested
    @DisplayName("RFC 9110 §13.1.2 If-None-Match")
    class IfNoneMatch {
        @ParameterizedTest
        @ValueSource(strings = {"\"v1\"", "W/\"v1\"", "*", " * ", "\"a\", \"v1\"", "\"a,b\",W/\"v1\" , \"c\""})
        void matchesWeakly(String field) {
            request.add("If-None-Match", field);
            assertThat(check()).isEqualTo(NOT_MODIFIED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"v2\"", "v1", "\"v1", "\"a v1\"", "\"x\", v1", ""})
        void sendsOtherwise(String field) {
            request.add("If-None-Match", field);
            assertThat(check()).isEqualTo(SEND);
        }

        @Test
        void looksAtEveryLine() {
            request.add("If-None-Match", "\"a\"");
            request.add("If-None-Match", "\"v1\"");
            assertThat(check()).isEqualTo(NOT_MODIFIED);
        }

        @Test
        @DisplayName("§13.1.3: the date does not count beside it")
        void outranksTheDate() {
            request.add("If-None-Match", "\"v2\"");
            request.add("If-Modified-Since", SAME);
            assertThat(check()).isEqualTo(SEND);
        }
    }

    @Nested
    @DisplayName("RFC 9110 §13.1.3 If-Modified-Since")
    class IfModifiedSince {
        @Test
        void comparesSeconds() {
            request.set("If-Modified-Since", SAME);
            assertThat(check()).isEqualTo(NOT_MODIFIED);
            request.set("If-Modified-Since", BEFORE);
            assertThat(check()).isEqualTo(SEND);
        }

        @Test
        void isIgnoredIfUnreadable() {
            request.set("If-Modified-Since", "yesterday");
            assertThat(check()).isEqualTo(SEND);
        }

        @Test
        void isIgnoredWithoutLastModified() {
            request.set("If-Modified-Since", SAME);
            assertThat(Preconditions.check(request, ETAG, null)).isEqualTo(SEND);
        }
    }

    @Nested
    @DisplayName("RFC 9110 §13.1.1 If-Match, §13.1.4 If-Unmodified-Since")
    class Guards {
        @Test
        void failOnAnotherTag() {
            request.set("If-Match", "\"v2\"");
            assertThat(check()).isEqualTo(FAILED);
        }

        @Test
        void compareStrongly() {
            request.set("If-Match", "W/\"v1\"");
            assertThat(check()).isEqualTo(FAILED);
            request.set("If-Match", "\"v1\"");
            assertThat(check()).isEqualTo(SEND);
        }

        @Test
        void failOnAnOlderDate() {
            request.set("If-Unmodified-Since", BEFORE);
            assertThat(check()).isEqualTo(FAILED);
            request.set("If-Unmodified-Since", SAME);
            assertThat(check()).isEqualTo(SEND);
        }

        @Test
        void goBeforeIfNoneMatch() {
            request.set("If-Match", "\"v2\"");
            request.set("If-None-Match", "\"v1\"");
            assertThat(check()).isEqualTo(FAILED);
        }
    }

    private Verdict check() {
        return Preconditions.check(request, ETAG, MODIFIED);
    }
}
