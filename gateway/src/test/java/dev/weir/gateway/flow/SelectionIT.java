package dev.weir.gateway.flow;

import static dev.weir.gateway.testkit.GatewayUnderTest.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.ScriptedOrigin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("which stored response a request selects")
class SelectionIT {

    private static final String FRESH = "public, max-age=60";

    private ScriptedOrigin origin;

    @SuppressWarnings("NullAway.Init") // each test starts its own
    private GatewayUnderTest gateway;

    @BeforeEach
    void listen() {
        origin = new ScriptedOrigin();
    }

    @AfterEach
    void stop() {
        gateway.close();
        origin.close();
    }

    private void route(String cache) {
        gateway = GatewayUnderTest.start(GatewayUnderTest.routesTo(origin.url(), "    cache: " + cache + "\n"));
    }

    /** Answers with what it was asked by. */
    private void echo(String path, String... fields) {
        origin.on(path, (request, response) -> ScriptedOrigin.text(response, request.uri(), fields));
    }

    @Nested
    @DisplayName("by the route's query rules")
    class QueryRules {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                {deny: [utm_*]}            | /p?a=1&utm_x=2 | /p?utm_y=3&a=1 | /p?a=1
                {deny: [utm_*]}            | /p?utm_x=2     | /p             | /p
                {allow: [a]}               | /p?b=1&a=2     | /p?a=2&c=4     | /p?a=2
                {allow: []}                | /p?b=1         | /p?x           | /p
                {sort: true}               | /p?b=1&a=2     | /p?a=2&b=1     | /p?a=2&b=1
                """)
        @DisplayName("requests that differ in what does not count share one, which was asked for without it")
        void shared(String rules, String first, String second, String asked) {
            echo("/p", "Cache-Control", FRESH);
            route("{ query: " + rules.replace("utm_*", "\"utm_*\"") + " }");

            assertThat(gateway.get(first).body()).isEqualTo(asked);
            assertThat(status(gateway.get(second))).startsWith("weir; hit");
        }

        @Test
        @DisplayName("a purge or a write of any of these URLs strikes it")
        void struck() {
            echo("/p", "Cache-Control", FRESH);
            route("{ query: { allow: [a] } }");

            gateway.get("/p?a=1&b=1");
            gateway.purge("{\"urls\": [\"" + gateway.url("/p?b=2&a=1") + "\"]}");
            assertThat(status(gateway.get("/p?a=1"))).contains("fwd=");
            assertThat(status(gateway.get("/p?a=1"))).contains("hit");

            gateway.send("POST", "/p?c=1&a=1", null);
            assertThat(status(gateway.get("/p?a=1"))).contains("fwd=");
        }

        @Test
        @DisplayName("what passes by the cache keeps its whole query")
        void forwarded() {
            echo("/p", "Cache-Control", FRESH);
            route("{ query: { allow: [a] } }");

            assertThat(gateway.send("POST", "/p?a=1&b=2", null).body()).isEqualTo("/p?a=1&b=2");
        }
    }

    @Nested
    @DisplayName("by the response's No-Vary-Search")
    class NoVarySearch {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                params=("x")              | /n?a=1&x=1 | /n?a=1&x=2
                params=("x")              | /n?a=1&x=1 | /n?a=1
                params, except=("a")      | /n?a=1&x=1 | /n?y=2&a=1
                key-order                 | /n?a=1&b=2 | /n?b=2&a=1
                """)
        @DisplayName("requests that differ in what it ignores share it")
        void shared(String field, String first, String second) {
            echo("/n", "Cache-Control", FRESH, "No-Vary-Search", field);
            route("{}");

            assertThat(gateway.get(first).body()).isEqualTo(first);
            assertThat(gateway.get(second).body()).isEqualTo(first);
            assertThat(origin.count("/n")).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"params=(\"x\")", "params, except=(\"a\")", "params=\"broken"})
        @DisplayName("others do not")
        void apart(String field) {
            echo("/n", "Cache-Control", FRESH, "No-Vary-Search", field);
            route("{}");

            gateway.get("/n?a=1&x=1");
            assertThat(gateway.get("/n?a=2&x=1").body()).isEqualTo("/n?a=2&x=1");
        }

        @Test
        @DisplayName("a purge of the URL asked for is not missed")
        void purged() {
            echo("/n", "Cache-Control", FRESH, "No-Vary-Search", "params=(\"x\")");
            route("{}");
            gateway.get("/n?x=1");
            assertThat(gateway.get("/n?x=2").body()).isEqualTo("/n?x=1");

            gateway.purge("{\"urls\": [\"" + gateway.url("/n?x=2") + "\"]}");

            assertThat(gateway.get("/n?x=2").body()).isEqualTo("/n?x=2");
        }
    }

    @Test
    @DisplayName("by language, the one that is asked for before all else, however the wish is put")
    void language() {
        origin.on(
                "/lang",
                (request, response) -> ScriptedOrigin.text(
                        response,
                        "guten Tag",
                        "Cache-Control",
                        FRESH,
                        "Vary",
                        "Accept-Language",
                        "Content-Language",
                        "de"));
        route("{}");
        gateway.get("/lang", "Accept-Language", "de");

        assertThat(status(gateway.get("/lang", "Accept-Language", "de, en;q=0.5")))
                .startsWith("weir; hit");
        assertThat(status(gateway.get("/lang", "Accept-Language", "en, de;q=0.5")))
                .contains("fwd=");
    }
}
