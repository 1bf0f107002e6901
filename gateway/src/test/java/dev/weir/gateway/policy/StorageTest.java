package dev.weir.gateway.policy;

import static dev.weir.gateway.policy.Given.DATE;
import static dev.weir.gateway.policy.Given.RULES;
import static dev.weir.gateway.policy.Given.after;
import static dev.weir.gateway.policy.Given.by;
import static dev.weir.gateway.policy.Given.get;
import static dev.weir.gateway.policy.Given.ok;
import static dev.weir.gateway.policy.Given.status;
import static dev.weir.gateway.policy.Given.storing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.HttpDate;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("May a response be stored and shared?")
class StorageTest {

    private static final ResponseHead FRESH = ok("Cache-Control", "max-age=60");

    @Nested
    @DisplayName("RFC 9111 §3: storing")
    class Storing {

        @ParameterizedTest
        @ValueSource(
                ints = {
                    200, 201, 202, 203, 204, 205, 299, 301, 302, 303, 307, 308, 400, 403, 404, 410, 418, 499, 500, 503,
                    599
                })
        @DisplayName("MAY store any final status with explicit freshness, unknown ones too")
        void anyFinalStatus(int status) {
            assertThat(decide(get(), status(status, "Cache-Control", "max-age=60")))
                    .isEqualTo("STORE storable");
        }

        @ParameterizedTest
        @ValueSource(ints = {428, 429, 431, 511})
        @DisplayName("RFC 6585 §3 to §6: MUST NOT store statuses that speak of one client or one network")
        void ofOneClient(int status) {
            assertThat(decide(get(), status(status, "Cache-Control", "max-age=60, public")))
                    .isEqualTo("PASS status");
        }

        @ParameterizedTest
        @CsvSource({"100, not-final", "103, not-final", "304, not-final", "206, partial"})
        @DisplayName("MUST NOT store what is not final; a 206 only as a part, a 304 only as an update")
        void notFinal(int status, String reason) {
            assertThat(decide(get(), status(status, "Cache-Control", "max-age=60")))
                    .isEqualTo("PASS " + reason);
        }

        @ParameterizedTest
        @ValueSource(strings = {"HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "QUERY"})
        @DisplayName("MUST NOT store answers to methods it does not understand")
        void method(String method) {
            assertThat(decide(by(method, get()), FRESH)).isEqualTo("PASS method");
        }

        @ParameterizedTest(name = "{0} with {1}")
        @CsvSource(delimiter = '|', textBlock = """
                200 | max-age=60, no-store                  | PASS no-store
                200 | max-age=60, No-Store                  | PASS no-store
                200 | max-age=60, private                   | PASS private
                200 | max-age=60, private="x-user"          | PASS private
                200 | max-age=60, no-store, must-understand | STORE storable
                404 | max-age=60, must-understand           | STORE storable
                301 | max-age=60, must-understand           | STORE storable
                306 | max-age=60, must-understand           | PASS must-understand
                500 | max-age=60, must-understand           | STORE storable
                299 | max-age=60, no-store, must-understand | PASS must-understand
                299 | max-age=60, must-understand           | PASS must-understand
                305 | max-age=60, must-understand           | PASS must-understand
                207 | max-age=60, must-understand           | PASS must-understand
                300 | max-age=60, must-understand           | STORE storable
                308 | max-age=60, must-understand           | STORE storable
                400 | max-age=60, must-understand           | STORE storable
                417 | max-age=60, must-understand           | STORE storable
                451 | max-age=60, must-understand           | STORE storable
                505 | max-age=60, must-understand           | STORE storable
                309 | max-age=60, must-understand           | PASS must-understand
                418 | max-age=60, must-understand           | PASS must-understand
                422 | max-age=60, must-understand           | STORE storable
                506 | max-age=60, must-understand           | PASS must-understand
                206 | max-age=60, must-understand           | PASS partial
                200 | extension="no-store", max-age=60      | STORE storable
                """)
        @DisplayName("MUST NOT under no-store and private; must-understand rules for statuses it knows (§5.2.2.3)")
        void directives(int status, String control, String expected) {
            assertThat(decide(get(), status(status, "Cache-Control", control))).isEqualTo(expected);
        }

        @Test
        @DisplayName("§5.2.1.5: MUST NOT store the answer to a request with no-store, where the route obeys clients")
        void requestNoStore() {
            Request client = get("Cache-Control", "no-store");

            assertThat(decide(client, FRESH)).isEqualTo("PASS request-no-store");
            assertThat(Storage.decide(client, FRESH, RULES.withObeyClient(false))
                            .verdict())
                    .isEqualTo(Storage.Verdict.STORE);
        }

        @Test
        @DisplayName("A targeted no-store bars, a targeted max-age lifts Cache-Control's (RFC 9213 §2.2)")
        void targeted() {
            assertThat(decide(get(), ok("Cache-Control", "max-age=60", "CDN-Cache-Control", "no-store")))
                    .isEqualTo("PASS no-store");
            assertThat(decide(get(), ok("Cache-Control", "no-store", "CDN-Cache-Control", "max-age=60")))
                    .isEqualTo("STORE storable");
        }

        @Test
        @DisplayName("A route may switch storing off, or bound the size")
        void rules() {
            assertThat(Storage.decide(get(), FRESH, storing(false, RULES.maxObjectBytes()))
                            .reason())
                    .isEqualTo("disabled");
            CacheRules small = storing(true, 10);
            assertThat(Storage.decide(get(), ok("Cache-Control", "max-age=60", "Content-Length", "11"), small)
                            .reason())
                    .isEqualTo("too-large");
            assertThat(Storage.decide(get(), ok("Cache-Control", "max-age=60", "Content-Length", "10"), small)
                            .verdict())
                    .isEqualTo(Storage.Verdict.STORE);
        }

        @Test
        @DisplayName("RFC 9110 §9.3.3: MAY keep the answer to a POST that says it is what its URI stands for")
        void post() {
            Request post = by("POST", get());

            assertThat(decide(post, ok("Cache-Control", "max-age=60", "Content-Location", "/page")))
                    .isEqualTo("STORE storable");
            assertThat(decide(post, ok("Cache-Control", "max-age=60", "Content-Location", "/other")))
                    .isEqualTo("PASS method");
            assertThat(decide(post, ok("ETag", "\"a\"", "Content-Location", "/page")))
                    .isEqualTo("PASS method");
            assertThat(decide(post, FRESH)).isEqualTo("PASS method");
        }
    }

    @Nested
    @DisplayName("RFC 9111 §3, §4.2: freshness and use")
    class Freshness {

        private final String longAgo = HttpDate.format(after(-6000));

        @ParameterizedTest(name = "{0} with {1}: {2}")
        @CsvSource(delimiter = '|', textBlock = """
                200 | x                                      | PASS no-freshness
                200 | public                                 | PASS no-freshness
                200 | max-age=0                              | PASS no-freshness
                200 | max-age=60, no-cache                   | PASS no-freshness
                200 | max-age=0, stale-while-revalidate=60   | STORE storable
                200 | stale-while-revalidate=60              | PASS no-freshness
                200 | max-age=1                              | STORE storable
                """)
        @DisplayName("without a validator it is stored only if it will live")
        void withoutValidator(int status, String control, String expected) {
            assertThat(decide(get(), status(status, "Cache-Control", control))).isEqualTo(expected);
        }

        @Test
        @DisplayName("with a validator it may be stored to be validated, but only a status that allows a heuristic")
        void withValidator() {
            assertThat(decide(get(), ok("ETag", "\"a\""))).isEqualTo("STORE storable");
            assertThat(decide(get(), ok("Last-Modified", longAgo))).isEqualTo("STORE storable");
            assertThat(decide(get(), status(302, "ETag", "\"a\""))).isEqualTo("PASS no-freshness");
            assertThat(decide(get(), status(302, "ETag", "\"a\"", "Cache-Control", "public")))
                    .isEqualTo("STORE storable");
            assertThat(decide(get(), status(302, "ETag", "\"a\"", "Cache-Control", "no-cache")))
                    .isEqualTo("PASS no-freshness");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            Authorization | Basic x        | true
            Cookie        | user=1         | true
            Cookie        | theme=dark; u=1| true
            Cookie        | theme=dark     | false
            Accept        | */*            | false
            """)
    @DisplayName("A request that says whose it is by a credential, or by cookies that matter, speaks for nobody else")
    void credentialed(String field, String value, boolean expected) {
        CacheRules rules = RULES.withCookies(new CacheRules.Cookies(CacheRules.SetCookie.PASS, Set.of("theme")));

        assertThat(Storage.isCredentialed(get(field, value), rules)).isEqualTo(expected);
    }

    @Nested
    @DisplayName("RFC 9111 §3.5: Authorization")
    class Authorization {

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource(delimiter = '|', textBlock = """
                max-age=60                  | PASS authorization
                max-age=60, no-transform    | PASS authorization
                max-age=60, public          | STORE storable
                s-maxage=60                 | STORE storable
                max-age=60, must-revalidate | STORE storable
                max-age=60, proxy-revalidate| PASS authorization
                """)
        @DisplayName("MUST NOT share the answer unless it says so")
        void directives(String control, String expected) {
            assertThat(decide(get("Authorization", "Basic x"), ok("Cache-Control", control)))
                    .isEqualTo(expected);
        }

        @Test
        @DisplayName("a route's ttl does not say so")
        void ttl() {
            assertThat(Storage.decide(get("Authorization", "Basic x"), FRESH, RULES.withTtl(Duration.ofSeconds(9)))
                            .reason())
                    .isEqualTo("authorization");
        }
    }

    @Nested
    @DisplayName("Cookies")
    class Cookies {

        private final ResponseHead setting = ok("Cache-Control", "max-age=60, public", "Set-Cookie", "a=b");

        @Test
        @DisplayName("RFC 9111 §7.3: a response that sets one is not stored, unless the route says how")
        void setCookie() {
            assertThat(decide(get(), setting)).isEqualTo("PASS set-cookie");
            assertThat(decide(get(), ok("Cache-Control", "max-age=60", "Set-Cookie2", "a=b")))
                    .isEqualTo("PASS set-cookie");
            for (CacheRules.SetCookie other : Set.of(CacheRules.SetCookie.STRIP, CacheRules.SetCookie.STORE)) {
                CacheRules rules = RULES.withCookies(new CacheRules.Cookies(other, Set.of()));
                assertThat(Storage.decide(get(), setting, rules).verdict()).isEqualTo(Storage.Verdict.STORE);
            }
        }

        @Test
        @DisplayName("a request that carries one needs explicit freshness in the answer")
        void explicit() {
            ResponseHead heuristic = ok("Last-Modified", HttpDate.format(after(-6000)));

            assertThat(decide(get("Cookie", "session=1"), FRESH)).isEqualTo("STORE storable");
            assertThat(decide(get("Cookie", "session=1"), heuristic)).isEqualTo("PASS cookie");
            assertThat(decide(get("Cookie", "session=1"), ok("ETag", "\"a\""))).isEqualTo("PASS cookie");
            assertThat(Storage.decide(get("Cookie", "session=1"), ok(), RULES.withTtl(Duration.ofSeconds(9)))
                            .reason())
                    .as("a route's ttl does not say that others may have it")
                    .isEqualTo("cookie");
        }

        @ParameterizedTest(name = "<{0}>: {1}")
        @CsvSource({
            "theme=dark, true",
            "' theme=dark ; lang=en;', true",
            "theme, true",
            "'', true",
            "theme=dark; session=1, false",
            "session, false",
            "=theme, false"
        })
        @DisplayName("those that the route ignores do not count")
        void ignored(String cookie, boolean stored) {
            CacheRules rules =
                    RULES.withCookies(new CacheRules.Cookies(CacheRules.SetCookie.PASS, Set.of("theme", "lang")));
            Storage storage = Storage.decide(get("Cookie", cookie), ok("ETag", "\"a\""), rules);

            assertThat(storage.verdict() == Storage.Verdict.STORE).isEqualTo(stored);
        }

        @ParameterizedTest(name = "{0} with {1}: {2}")
        @CsvSource(delimiter = '|', textBlock = """
                session=1 | max-age=60         | false
                session=1 | max-age=60, public | true
                session=1 | s-maxage=60        | true
                ''        | max-age=60         | true
                """)
        @DisplayName("a flight is shared only where the answer is said to be for all")
        void flights(String cookie, String control, boolean shared) {
            assertThat(Storage.isForAll(get("Cookie", cookie), ok("Cache-Control", control), RULES))
                    .isEqualTo(shared);
        }
    }

    @Nested
    @DisplayName("RFC 9111 §4.1: Vary")
    class VaryAny {

        @ParameterizedTest
        @ValueSource(strings = {"*", "Accept, *", " * ", "*, Accept"})
        @DisplayName("* matches no later request, so it is not stored")
        void any(String vary) {
            assertThat(decide(get(), ok("Cache-Control", "max-age=60", "Vary", vary)))
                    .isEqualTo("PASS vary");
        }
    }

    @Test
    @DisplayName("RFC 9110 §6.6.1: a head without a valid Date gets the time of receipt")
    void dated() {
        assertThat(Storage.dated(new ResponseHead(200, get().headers()), Given.TIMES)
                        .headers()
                        .only("Date"))
                .isEqualTo(DATE);
        assertThat(Storage.dated(status(200, "X", "y"), Given.TIMES)).isEqualTo(status(200, "X", "y"));
    }

    private static String decide(Request upstream, ResponseHead head) {
        Storage storage = Storage.decide(upstream, head, RULES);
        return storage.verdict() + " " + storage.reason();
    }
}
