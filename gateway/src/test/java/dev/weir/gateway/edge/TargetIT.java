package dev.weir.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.RawHttp;
import dev.weir.gateway.testkit.RawOrigin;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A request target (RFC 9112 §3.2)")
class TargetIT {

    private static RawOrigin origin;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        origin = RawOrigin.of(target -> "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: "
                + target.length() + "\r\n\r\n" + target);
        gateway = GatewayUnderTest.start(GatewayUnderTest.routesTo(origin.url(), ""));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    private static String ask(String method, String target, String fields) throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            return client.send(method + ' ' + target + " HTTP/1.1\r\n" + fields + "Connection: close\r\n\r\n")
                    .readToEnd();
        }
    }

    private static String get(String target) throws IOException {
        return ask("GET", target, "Host: a.test\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?a=%zz",
                "?a=%",
                "?a=%4",
                "?a={b}",
                "?a=b|c",
                "?a=[b]",
                "?a=^",
                "?a=`",
                "?a=\\",
                "?a=<b>",
                "?a=\"b\"",
                "?a=%00",
                "?a=//b",
                "?",
                "?a=%zz&b={|}%61"
            })
    @DisplayName("with a query of whatever visible characters goes on as it came, and is found again under it")
    void query(String query) throws IOException {
        for (String method : new String[] {"POST", "GET"}) {
            assertThat(ask(method, "/q" + query, "Host: a.test\r\n"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("fwd=")
                    .endsWith("\r\n\r\n/q" + query);
        }
        assertThat(get("/q" + query)).contains("weir; hit").endsWith("\r\n\r\n/q" + query);
    }

    @ParameterizedTest
    @CsvSource({"%zz, %ZZ", "{a}, %7Ba%7D", "a|b, a%7Cb", "%zz%61, %zza", "%, %25", "^, %5E"})
    @DisplayName("with such a query shares its key with no other spelling")
    void distinct(String one, String other) throws IOException {
        assertThat(get("/distinct?" + one)).endsWith("?" + one);

        assertThat(get("/distinct?" + other)).contains("fwd=uri-miss").endsWith("?" + other);
        assertThat(get("/distinct?" + one)).contains("weir; hit").endsWith("?" + one);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%zz",
                "/a%",
                "/a%4",
                "/{a}",
                "/a|b",
                "/a\"b",
                "/<a>",
                "/a\\b",
                "/a^b",
                "/a`b",
                "/[a]",
                "/\u00e9",
                "/?a=\u00e9",
                "/a#b",
                "/a?b#c",
                "a",
                "*",
                "ftp://a.test/",
                "http:///a",
                "http://a.test:x/",
                "http://a b/",
                "http://u@a.test/"
            })
    @DisplayName("that is not valid is answered 400 by Weir itself, and reaches no origin")
    void invalid(String target) throws IOException {
        int before = origin.heads().size();
        for (String method : new String[] {"GET", "POST"}) {
            assertThat(ask(method, target, "Host: a.test\r\n")).satisfies(TargetIT::isRefusal);
        }
        assertThat(origin.heads()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host:\r\n",
                "Host: a.test:x\r\n",
                "Host: a.test:-1\r\n",
                "Host: a.test:99999\r\n",
                "Host: a.test:1:2\r\n",
                "Host: a/b\r\n",
                "Host: a@b\r\n",
                "Host: a b\r\n",
                "Host: :80\r\n",
                "Host: .\r\n",
                "Host: a.test..\r\n",
                "Host: [::1\r\n",
                "Host: [::1]x\r\n",
                "Host: ::1\r\n",
                "Host: a.test\r\nHost: a.test\r\n",
                "Host: a.test,b.test\r\nHost: a.test\r\n"
            })
    @DisplayName("without one host that can be read is answered 400 by Weir itself")
    void invalidHost(String fields) throws IOException {
        assertThat(ask("GET", "/", fields)).satisfies(TargetIT::isRefusal);
    }

    private static void isRefusal(String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .containsPattern("(?i)\r\ndate: ")
                .containsPattern("(?i)\r\ncache-status: weir; detail=")
                .containsPattern("(?i)\r\ncontent-type: application/problem\\+json")
                .doesNotContain("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.test:", "a.test:80", "A.TEST", "a.test.", "a.test.:80"})
    @DisplayName("on a host with an empty or the default port, or with the root's dot, is the one on that host")
    void sameHost(String host) throws IOException {
        String target = "/host-" + host.replace(':', '-');
        assertThat(ask("GET", target, "Host: a.test\r\n")).endsWith(target);

        assertThat(ask("GET", target, "Host: " + host + "\r\n")).contains("weir; hit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.test:", "a.test.", "a.test.:"})
    @DisplayName(
            "on a host with an empty port or the root's dot goes to the origin without, also where it is only passed on")
    void sameHostUpstream(String host) throws IOException {
        assertThat(ask("POST", "/", "Host: " + host + "\r\n")).startsWith("HTTP/1.1 200 ");

        assertThat(origin.heads().get(origin.heads().size() - 1)).containsIgnoringCase("\r\nHost: a.test\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a.test/abs", "http://a.test:/abs", "HTTP://a.test:80/abs"})
    @DisplayName("in absolute form names host and path, whatever Host says")
    void absolute(String target) throws IOException {
        assertThat(get("/abs")).endsWith("/abs");

        assertThat(ask("GET", target, "Host: other.test\r\n")).contains("weir; hit");
    }

    @Test
    @DisplayName("comes from the request line alone: no field of the client's can stand in for it")
    void noFieldStandsIn() throws IOException {
        String answer = ask("GET", "/line", "Host: a.test\r\nWeir-Target: /field\r\nWeir-Host: evil.test\r\n");

        assertThat(answer).endsWith("/line");
        assertThat(origin.heads().get(origin.heads().size() - 1))
                .startsWith("GET /line ")
                .containsIgnoringCase("\r\nHost: a.test\r\n")
                .doesNotContainIgnoringCase("weir-")
                .doesNotContain("evil");
    }

    @Test
    @DisplayName("with a query that no URI has can be purged")
    void purged() throws IOException {
        assertThat(get("/purged?a={b}%zz")).endsWith("?a={b}%zz");
        assertThat(get("/purged?a={b}%zz")).contains("weir; hit");

        assertThat(gateway.purge("{\"mode\": \"hard\", \"urls\": [\"http://a.test/purged?a={b}%zz\"]}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/purged?a={b}%zz")).contains("fwd=uri-miss");
    }

    @Test
    @DisplayName("of each pipelined request is its own, also where one is refused")
    void pipelined() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            String host = " HTTP/1.1\r\nHost: a.test\r\n\r\n";
            client.send("GET /one?{" + host + "GET /%zz" + host + "GET /three?|" + host);

            assertThat(client.readUntil("\r\n\r\n/one?{")).startsWith("HTTP/1.1 200 ");
            assertThat(client.readUntil("}\n")).startsWith("HTTP/1.1 400 ");
            assertThat(client.readUntil("\r\n\r\n/three?|")).startsWith("HTTP/1.1 200 ");
        }
    }
}
