package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.HeldOrigin;
import dev.weir.gateway.testkit.HeldOrigin.Exchange;
import dev.weir.gateway.testkit.RawHttp;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The origin answers by hand: what a client reads before the final answer is written was relayed at once. */
@DisplayName("An interim answer (RFC 9110 §15.2)")
class InterimIT {

    private static final String HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n";
    private static final String FRESH = "Cache-Control: max-age=60";
    private static final String END = "\r\n\r\n";

    private static HeldOrigin origin;
    private static GatewayUnderTest gateway;
    private static int paths;

    private String path;

    @BeforeAll
    static void start() {
        origin = new HeldOrigin();
        gateway = GatewayUnderTest.start("""
                origins:
                  site: { urls: ["%s"], response-timeout: 30s }
                routes:
                  - { id: site, match: { path: "/**" }, origin: site }
                """.formatted(origin.url()));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    @BeforeEach
    void newPath() {
        path = "/page-" + paths++;
    }

    private static String get(String path, String... fields) {
        return request("GET", path, "HTTP/1.1", fields);
    }

    private static String request(String method, String path, String version, String... fields) {
        StringBuilder text = new StringBuilder(method + ' ' + path + ' ' + version + "\r\nHost: a.test\r\n");
        for (String field : fields) {
            text.append(field).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    @Test
    @DisplayName("reaches the client before the final one is written, and is not stored")
    void atOnce() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(get(path));
            Exchange exchange = origin.next().write(HINTS);

            assertThat(client.readUntil(END)).isEqualTo(HINTS);

            exchange.answer("hello", FRESH);
            assertThat(client.readUntil("hello")).startsWith("HTTP/1.1 200 ").contains("stored");
            client.send(get(path));
            assertThat(client.readUntil("hello"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("weir; hit")
                    .doesNotContain("Link");
        }
    }

    @Test
    @DisplayName("comes with the one of two pipelined requests that it is for")
    void pipelined() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(get(path) + get(path + "/second"));
            Exchange first = origin.next().write(HINTS);
            assertThat(client.readUntil(END)).isEqualTo(HINTS);
            first.answer("one", FRESH);
            assertThat(client.readUntil("\r\n\r\none")).startsWith("HTTP/1.1 200 ");

            Exchange second = origin.next().write("HTTP/1.1 103 Early Hints\r\nLink: <second>\r\n\r\n");
            assertThat(client.readUntil(END)).contains("103").contains("<second>");
            second.answer("two", FRESH);
            assertThat(client.readUntil("\r\n\r\ntwo")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    @DisplayName("never reaches a client that speaks HTTP/1.0")
    void oldClient() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(request("GET", path, "HTTP/1.0"));
            origin.next().write(HINTS).answer("hello", FRESH);

            assertThat(client.readUntil("hello"))
                    .matches("(?s)HTTP/1\\.[01] 200 .*")
                    .doesNotContain("103");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PROPFIND", "DELETE"})
    @DisplayName("reaches the client whose request is only forwarded")
    void forwarded(String method) throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(request(method, path, "HTTP/1.1", "Content-Length: 0"));
            Exchange exchange = origin.next().write("HTTP/1.1 102 Processing\r\n\r\n");

            assertThat(client.readUntil(END)).isEqualTo("HTTP/1.1 102 Processing\r\n\r\n");
            exchange.answer("done");
            assertThat(client.readUntil("done")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    @DisplayName("is not for those who wait for the same answer: it may be meant for the one who asked")
    void waiters() throws IOException {
        try (RawHttp leader = new RawHttp(gateway.port());
                RawHttp waiter = new RawHttp(gateway.port())) {
            leader.send(get(path));
            Exchange exchange = origin.next();
            waiter.send(get(path));
            Eventually.get(InterimIT::members, count -> count == 2);

            exchange.write(HINTS);
            assertThat(leader.readUntil(END)).isEqualTo(HINTS);
            exchange.answer("hello", FRESH);
            assertThat(leader.readUntil("hello")).startsWith("HTTP/1.1 200 ");
            assertThat(waiter.readUntil("hello")).startsWith("HTTP/1.1 200 ").contains("collapsed");
        }
    }

    private static int members() {
        return (int) gateway.bean(MeterRegistry.class)
                .get("weir.flights.members")
                .gauge()
                .value();
    }

    @Test
    @DisplayName("of status 100 stays here: it speaks of one connection's upload")
    void continues() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(get(path));
            origin.next().write("HTTP/1.1 100 Continue\r\n\r\n" + HINTS).answer("hello", FRESH);

            assertThat(client.readUntil(END)).isEqualTo(HINTS);
            assertThat(client.readUntil("hello")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    @DisplayName("of status 101 is an error: nobody asked for another protocol")
    void switches() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(get(path, "Connection: upgrade", "Upgrade: other"));
            origin.next().write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: upgrade\r\n\r\n");

            assertThat(client.readUntil(END)).startsWith("HTTP/1.1 502 ");
        }
    }

    @Test
    @DisplayName("before a 304 reaches the client, which then gets the stored response")
    void beforeValidation() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(get(path));
            origin.next().answer("hello", "Cache-Control: max-age=60", "Age: 100", "ETag: \"a\"");
            client.readUntil("hello");

            client.send(get(path));
            Exchange exchange = origin.next();
            assertThat(exchange.head()).containsIgnoringCase("If-None-Match: \"a\"");
            exchange.write(HINTS);
            assertThat(client.readUntil(END)).isEqualTo(HINTS);
            exchange.write("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\nCache-Control: max-age=60\r\n\r\n")
                    .done();
            assertThat(client.readUntil("hello")).startsWith("HTTP/1.1 200 ").contains("fwd-status=304");
        }
    }

    @Test
    @DisplayName("has no field that speaks of the origin's connection, of content, or to Weir")
    void fields() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(get(path));
            Exchange exchange = origin.next();
            exchange.write(String.join(
                    "\r\n",
                    "HTTP/1.1 103 Early Hints",
                    "Connection: X-Hop",
                    "X-Hop: 1",
                    "Keep-Alive: 5",
                    "Transfer-Encoding: chunked",
                    "Content-Length: 3",
                    "Surrogate-Key: a",
                    "X-Kept: 1" + END));

            assertThat(client.readUntil(END)).isEqualTo("HTTP/1.1 103 Early Hints\r\nX-Kept: 1\r\n\r\n");
            exchange.answer("hello", FRESH);
            assertThat(client.readUntil("hello")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    @DisplayName("is relayed eight times at most for one request; a next request on the connection has its own eight")
    void bounded() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            for (int round = 0; round < 2; round++) {
                client.send(get(path));
                origin.next().write(HINTS.repeat(20)).answer("hello", "Cache-Control: no-store");

                assertThat(client.readUntil("hello").split("103 Early Hints", -1))
                        .hasSize(1 + 8);
            }
        }
    }
}
