package dev.weir.gateway.policy;

import static dev.weir.gateway.policy.Given.DATE;
import static dev.weir.gateway.policy.Given.RULES;
import static dev.weir.gateway.policy.Given.TIMES;
import static dev.weir.gateway.policy.Given.get;
import static dev.weir.gateway.policy.Given.ok;
import static dev.weir.gateway.policy.Given.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.ResponseHead;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("What of a response is stored, forwarded, and given to clients")
class StoredHeadTest {

    @Test
    @DisplayName("A stored response may get another variant or body, and is else the same")
    void changed() {
        StoredResponse stored = Given.stored("ETag", "\"a\"");
        StoredResponse.Variant variant = new StoredResponse.Variant(List.of("accept"), List.of("a"));

        assertThat(stored.withVariant(variant).variant()).isEqualTo(variant);
        assertThat(stored.withVariant(variant).withVariant(stored.variant())).isEqualTo(stored);
        assertThat(stored.withBody(Body.EMPTY).body()).isSameAs(Body.EMPTY);
        assertThat(stored.withBody(Body.EMPTY).withBody(stored.body())).isEqualTo(stored);
    }

    @Nested
    @DisplayName("RFC 9111 §3.1: storing header fields")
    class Fields {

        @Test
        @DisplayName("MUST store all but the hop-by-hop ones, those that Connection lists, and Proxy-*")
        void hopByHop() {
            Headers fields = stored(
                            "Connection", "close, X-Hop",
                            "connection", "x-other",
                            "X-Hop", "1",
                            "X-Other", "1",
                            "Keep-Alive", "timeout=5",
                            "Proxy-Connection", "close",
                            "Proxy-Authenticate", "Basic",
                            "Proxy-Authentication-Info", "x",
                            "Proxy-Authorization", "x",
                            "TE", "trailers",
                            "Trailer", "X",
                            "Transfer-Encoding", "chunked",
                            "Upgrade", "h2c",
                            "HTTP2-Settings", "x",
                            "Content-Length", "5",
                            "X-Unknown", "kept",
                            "Content-Type", "text/plain")
                    .headers();

            assertThat(fields.names()).containsExactlyInAnyOrder("date", "x-unknown", "content-type", "etag");
        }

        @Test
        @DisplayName("keeps Age for the arithmetic and tags for the selectors")
        void kept() {
            assertThat(stored("Age", "7", "Surrogate-Key", "a").headers().names())
                    .contains("age", "surrogate-key");
        }

        @Test
        @DisplayName("cookies only where the route says so")
        void cookies() {
            ResponseHead head = ok("Set-Cookie", "a=b", "Set-Cookie2", "c=d");

            assertThat(make(head, CacheRules.SetCookie.PASS).names()).doesNotContain("set-cookie", "set-cookie2");
            assertThat(make(head, CacheRules.SetCookie.STRIP).names()).doesNotContain("set-cookie", "set-cookie2");
            assertThat(make(head, CacheRules.SetCookie.STORE).names()).contains("set-cookie", "set-cookie2");
        }

        private Headers make(ResponseHead head, CacheRules.SetCookie setCookie) {
            CacheRules rules = RULES.withCookies(new CacheRules.Cookies(setCookie, Set.of()));
            Storage.Exchange exchange = new Storage.Exchange(get(), head, TIMES);
            return Storage.make(CacheKey.of(get()), exchange, Given.stored().provenance(), new byte[0], rules)
                    .headers();
        }
    }

    @Nested
    @DisplayName("What the cache adds")
    class Added {

        @Test
        @DisplayName("RFC 9110 §6.6.1: MUST append a Date where there is none; MAY replace an invalid one")
        void date() {
            Headers undated = Headers.of("Date", "today", "X", "y");
            StoredResponse stored = stored(new ResponseHead(200, undated), RULES);

            assertThat(stored.headers().all("Date")).containsExactly(DATE);
        }

        @Test
        @DisplayName("an entity tag from the bytes where the origin sent none that is valid")
        void etag() {
            assertThat(stored("ETag", "\"a\"").headers().all("ETag")).containsExactly("\"a\"");
            assertThat(stored("ETag", "W/\"a\"").headers().all("ETag")).containsExactly("W/\"a\"");
            assertThat(stored().headers().all("ETag")).singleElement().satisfies(tag -> {
                assertThat(EntityTags.isStrong(tag)).isTrue();
                assertThat(tag).isEqualTo(stored("ETag", "unquoted").headers().only("ETag"));
            });
            assertThat(stored("ETag", "\"a\"", "ETag", "\"b\"").headers().all("ETag"))
                    .singleElement()
                    .isEqualTo(stored().headers().only("ETag"));
        }

        @Test
        @DisplayName("other bytes, another tag")
        void otherBytes() {
            assertThat(EntityTags.made(new byte[] {1})).isNotEqualTo(EntityTags.made(new byte[] {2}));
        }

        @Test
        @DisplayName("the variant and the body as they are")
        void rest() {
            StoredResponse stored = stored("Vary", "Accept");

            assertThat(stored.variant().names()).containsExactly("accept");
            assertThat(stored.body().identity()).asString().isEqualTo("hello");
            assertThat(stored.times()).isEqualTo(TIMES);
        }
    }

    @Nested
    @DisplayName("RFC 9110 §7.6.1: forwarding")
    class Forwarding {

        @Test
        @DisplayName("MUST remove what Connection lists, but never what it must not list")
        void connection() {
            Headers headers =
                    Headers.of("Connection", "X-A, cache-control, host", "X-A", "1", "Cache-Control", "private");

            assertThat(Storage.endToEnd(headers)).isEqualTo(Headers.of("Cache-Control", "private"));
        }

        @Test
        @DisplayName("without Connection the known hop-by-hop fields go all the same")
        void known() {
            assertThat(Storage.endToEnd(Headers.of("TE", "trailers", "A", "b"))).isEqualTo(Headers.of("A", "b"));
        }

        @Test
        @DisplayName("clients do not get what speaks to Weir alone")
        void clients() {
            Headers headers = Headers.of(
                    "Surrogate-Key",
                    "a",
                    "Cache-Tag",
                    "b",
                    "Weir-Cache-Control",
                    "max-age=1",
                    "Keep-Alive",
                    "x",
                    "A",
                    "b");

            assertThat(Storage.forClients(headers)).isEqualTo(Headers.of("A", "b"));
        }
    }
}
