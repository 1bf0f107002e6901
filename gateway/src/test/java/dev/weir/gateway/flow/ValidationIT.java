package dev.weir.gateway.flow;

import static dev.weir.gateway.testkit.GatewayUnderTest.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.OriginAndGateway;
import dev.weir.gateway.testkit.ScriptedOrigin;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

@DisplayName("what is stored and must be validated, or is asked for by its terms")
@ExtendWith(OriginAndGateway.class)
class ValidationIT {

    private final ScriptedOrigin origin;
    private final GatewayUnderTest gateway;

    ValidationIT(ScriptedOrigin origin, GatewayUnderTest gateway) {
        this.origin = origin;
        this.gateway = gateway;
    }

    @Nested
    @DisplayName("a client's directive")
    class Directives {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                max-age=60                | only-if-cached            | hit
                max-age=60, immutable     | max-age=3600              | hit
                max-age=60                | min-fresh=30              | hit
                max-age=60                | min-fresh=90              | fwd=
                max-age=60                | no-cache                  | fwd=
                max-age=60                | max-age=0                 | fwd=
                max-age=0                 | max-stale=60              | hit
                max-age=0                 | max-stale                 | hit
                max-age=0                 | only-if-cached, max-stale | hit
                max-age=0                 | x                         | fwd=
                max-age=0, must-revalidate| max-stale=60              | fwd=
                s-maxage=0                | max-stale=60              | fwd=
                """)
        @DisplayName("is obeyed")
        void obeyed(String response, String request, String expected) {
            origin.on("/d", "hello", "Cache-Control", response, "ETag", "\"v1\"", "Age", "5");
            gateway.get("/d");

            HttpResponse<String> reply = gateway.get("/d", "Cache-Control", request);

            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(status(reply)).contains(expected);
        }

        @Test
        @DisplayName("only-if-cached is answered with 504 where nothing can be used, and the origin is not asked")
        void onlyIfCached() {
            origin.on("/o", "hello", "Cache-Control", "max-age=0", "ETag", "\"v1\"");

            assertThat(gateway.get("/o", "Cache-Control", "only-if-cached").statusCode())
                    .isEqualTo(504);
            assertThat(origin.count("/o")).isZero();
            gateway.get("/o");
            assertThat(gateway.get("/o", "Cache-Control", "only-if-cached").statusCode())
                    .isEqualTo(504);
            assertThat(origin.count("/o")).isEqualTo(1);
        }

        @Test
        @DisplayName("no-store keeps the answer out of the cache")
        void noStore() {
            origin.on("/n", "hello", "Cache-Control", "max-age=60");

            gateway.get("/n", "Cache-Control", "no-store");

            assertThat(status(gateway.get("/n"))).contains("fwd=");
        }

        @Test
        @DisplayName("is of no account where the route says so")
        void ignored() {
            origin.on("/i", "hello", "Cache-Control", "max-age=60");
            try (GatewayUnderTest deaf = GatewayUnderTest.start(
                    GatewayUnderTest.routesTo(origin.url(), "    cache: { obey-client: false }\n"))) {
                assertThat(deaf.get("/i", "Cache-Control", "only-if-cached").statusCode())
                        .isEqualTo(200);
                assertThat(status(deaf.get("/i", "Cache-Control", "no-cache"))).contains("hit");
            }
        }
    }

    @Nested
    @DisplayName("while the origin can't be reached")
    class Unreachable {

        @ParameterizedTest
        @ValueSource(strings = {"max-age=0, must-revalidate", "max-age=0, proxy-revalidate", "s-maxage=0", "no-cache"})
        @DisplayName("it is not served where that is forbidden: 504")
        void forbidden(String control) {
            origin.on("/u", "old", "Cache-Control", control, "ETag", "\"v1\"");
            gateway.get("/u");
            origin.close();

            assertThat(gateway.get("/u").statusCode()).isEqualTo(504);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                max-age=0                     | max-age=0   | 200
                max-age=0                     | no-cache    | 502
                max-age=0, stale-if-error=0   | x           | 502
                max-age=0, stale-if-error=60  | x           | 200
                """)
        @DisplayName("it stands in within the bounds that both sides set")
        void standsIn(String response, String request, int expected) {
            // five seconds old when it comes, so past any window of none
            origin.on("/u", "old", "Cache-Control", response, "ETag", "\"v1\"", "Age", "5");
            gateway.get("/u");
            origin.close();

            assertThat(gateway.get("/u", "Cache-Control", request).statusCode()).isEqualTo(expected);
        }
    }

    @Nested
    @DisplayName("of several variants")
    class Variants {

        private void serveLanguages() {
            origin.on("/v", (request, response) -> {
                String language = request.requestHeaders().get("Accept-Language", "en");
                String chosen = language.startsWith("de") ? "de" : "en";
                String tag = "\"" + chosen + "\"";
                response.header("Cache-Control", "max-age=60")
                        .header("Vary", "Accept-Language")
                        .header("ETag", tag);
                String held = request.requestHeaders().get("If-None-Match", "");
                return held.contains(tag)
                        ? response.status(304).send()
                        : ScriptedOrigin.text(response, "text in " + chosen);
            });
        }

        @Test
        @DisplayName("all tags are offered, and the one that the origin confirms answers this request too")
        void offered() {
            serveLanguages();
            gateway.get("/v", "Accept-Language", "en");
            gateway.get("/v", "Accept-Language", "de");

            HttpResponse<String> reply = gateway.get("/v", "Accept-Language", "de-AT");
            HttpResponse<String> again = gateway.get("/v", "Accept-Language", "de-AT");

            assertThat(reply.body()).isEqualTo("text in de");
            assertThat(status(reply)).contains("fwd-status=304").contains("fwd=vary-miss");
            assertThat(again.body()).isEqualTo("text in de");
            assertThat(status(again)).startsWith("weir; hit");
            List<Map<String, String>> asked = origin.requests("/v");
            assertThat(asked.get(asked.size() - 1)
                            .getOrDefault("if-none-match", "")
                            .split(", "))
                    .containsExactlyInAnyOrder("\"en\"", "\"de\"");
        }

        @Test
        @DisplayName("a 304 that names none of them is followed by a request for the whole")
        void unnamed() {
            origin.on("/w", (request, response) -> {
                response.header("Cache-Control", "max-age=60").header("Vary", "X-Kind");
                return request.requestHeaders().contains("If-None-Match")
                        ? response.status(304).send()
                        : ScriptedOrigin.text(
                                response, "kind " + request.requestHeaders().get("X-Kind"), "ETag", "\"a\"");
            });
            gateway.get("/w", "X-Kind", "1");

            assertThat(gateway.get("/w", "X-Kind", "2").body()).isEqualTo("kind 2");
        }

        @Test
        @DisplayName("a date of modification is never asked by for another variant")
        void noDate() {
            origin.on(
                    "/m",
                    (request, response) -> ScriptedOrigin.text(
                            response,
                            "kind " + request.requestHeaders().get("X-Kind"),
                            "Cache-Control",
                            "max-age=60",
                            "Vary",
                            "X-Kind",
                            "Last-Modified",
                            "Mon, 05 Jan 2026 10:00:00 GMT"));
            gateway.get("/m", "X-Kind", "1");
            gateway.get("/m", "X-Kind", "2");

            assertThat(origin.requests("/m").get(1)).doesNotContainKeys("if-modified-since", "if-none-match");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"private", "no-store"})
    @DisplayName("what a 304 says nobody may keep is gone, for those too who would have had it fresh")
    void withdrawn(String control) {
        origin.on("/w", (request, response) -> {
            boolean asked = request.requestHeaders().contains("If-None-Match");
            response.header("ETag", "\"v1\"").header("Cache-Control", asked ? control : "max-age=60");
            return asked ? response.status(304).send() : ScriptedOrigin.text(response, "hello");
        });
        gateway.get("/w");

        HttpResponse<String> validated = gateway.get("/w", "Cache-Control", "no-cache");
        HttpResponse<String> other = gateway.get("/w");

        assertThat(validated.body()).isEqualTo("hello");
        assertThat(status(other)).contains("fwd=");
        assertThat(origin.requests("/w"))
                .extracting(asked -> asked.getOrDefault("if-none-match", "none"))
                .containsExactly("none", "\"v1\"", "none");
    }

    @Test
    @DisplayName("a stored page stands in for a 503, not for a 404")
    void errors() {
        for (int status : new int[] {404, 503}) {
            origin.on("/e" + status, "old", "Cache-Control", "max-age=0", "ETag", "\"v1\"");
            gateway.get("/e" + status);
            origin.on(
                    "/e" + status,
                    (request, response) -> response.status(status).sendString(Mono.just("new")));

            assertThat(gateway.get("/e" + status).body()).isEqualTo(status == 404 ? "new" : "old");
        }
    }
}
