package dev.weir.gateway.policy;

import static dev.weir.gateway.policy.Given.RULES;
import static dev.weir.gateway.policy.Given.by;
import static dev.weir.gateway.policy.Given.get;
import static dev.weir.gateway.policy.Given.storing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("May the cache answer at all?")
class LookupTest {

    @Nested
    @DisplayName("RFC 9110 §9.2.3, RFC 9111 §4: the method")
    class Method {

        @ParameterizedTest
        @ValueSource(strings = {"GET", "HEAD"})
        @DisplayName("MAY answer GET and HEAD")
        void cached(String method) {
            assertThat(Lookup.decide(by(method, get()), RULES).verdict()).isEqualTo(Lookup.Verdict.CACHE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PURGE", "get", "QUERY"})
        @DisplayName("MUST write all others through, unknown ones and other cases too")
        void forwarded(String method) {
            assertThat(Lookup.decide(by(method, get()), RULES)).isEqualTo(new Lookup(Lookup.Verdict.FORWARD, "method"));
        }
    }

    @ParameterizedTest(name = "{0}: {1} is {2}, {3}")
    @CsvSource({
        "Upgrade, websocket, FORWARD, upgrade",
        "Accept, text/event-stream, FORWARD, event-stream",
        "Accept, 'text/html, Text/Event-Stream; charset=utf-8', FORWARD, event-stream",
        "Accept, '*/*, text/*', CACHE, method",
        "Accept, text/event-stream-not, CACHE, method",
        "Accept, ';, ;q=1', CACHE, method",
        "Transfer-Encoding, chunked, FORWARD, content",
        "Content-Length, 5, FORWARD, content",
        "Content-Length, 0, CACHE, method",
        "Authorization, Basic x, CACHE, method",
        "Cookie, a=b, CACHE, method",
        "Range, bytes=0-1, CACHE, method"
    })
    @DisplayName("What the fields say of it")
    void fields(String name, String value, Lookup.Verdict verdict, String reason) {
        assertThat(Lookup.decide(get(name, value), RULES)).isEqualTo(new Lookup(verdict, reason));
    }

    @Test
    @DisplayName("Two lengths are content, whatever they are")
    void twoLengths() {
        Headers twice = Headers.of("Content-Length", "0", "Content-Length", "0");

        assertThat(Lookup.decide(get().withHeaders(twice), RULES).reason()).isEqualTo("content");
    }

    @Test
    @DisplayName("A route may switch the cache off")
    void disabled() {
        assertThat(Lookup.decide(get(), storing(false, RULES.maxObjectBytes())))
                .isEqualTo(new Lookup(Lookup.Verdict.FORWARD, "disabled"));
    }

    @Test
    @DisplayName("RFC 9111 §5.2.1.5: a request with no-store MUST NOT leave anything behind")
    void noStore() {
        assertThat(Lookup.isNoStore(get("Cache-Control", "max-age=0, NO-STORE")))
                .isTrue();
        assertThat(Lookup.isNoStore(get("Cache-Control", "x=\"a, no-store\""))).isFalse();
        assertThat(Lookup.isNoStore(get())).isFalse();
    }

    @Nested
    @DisplayName("RFC 9111 §5.2.1.7: only-if-cached")
    class OnlyIfCached {

        @Test
        @DisplayName("SHOULD be answered from the cache or with 504")
        void present() {
            assertThat(Lookup.isOnlyIfCached(get("Cache-Control", "max-age=5, Only-If-Cached")))
                    .isTrue();
        }

        @Test
        @DisplayName("is not read out of another directive's quotes")
        void quoted() {
            assertThat(Lookup.isOnlyIfCached(get("Cache-Control", "x=\"a, only-if-cached\"")))
                    .isFalse();
            assertThat(Lookup.isOnlyIfCached(get())).isFalse();
        }
    }
}
