package dev.weir.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.Flood;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.HeldOrigin;
import dev.weir.gateway.testkit.HeldOrigin.Exchange;
import dev.weir.gateway.testkit.RawHttp;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a request to leave HTTP")
class HandshakeIT {

    private static final String NEXT = "GET /next HTTP/1.1\r\nHost: a.test\r\n\r\n";

    private HeldOrigin origin;
    private GatewayUnderTest gateway;

    @BeforeEach
    void start() {
        origin = new HeldOrigin();
        gateway = GatewayUnderTest.start(GatewayUnderTest.routesTo(origin.url(), ""));
    }

    @AfterEach
    void stop() throws IOException {
        origin.close();
        Eventually.isTrue(() -> gateway.bean(Tunnels.class).count() == 0);
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 60, 4096})
    @DisplayName("may come in pieces with the first bytes of the other protocol right behind it, which are its own")
    void early(int piece) throws IOException {
        String behind = NEXT + "\u0081\u0005hello" + "x".repeat(5000) + "END";
        try (RawHttp client = new RawHttp(gateway.port())) {
            String all = Handshake.REQUEST + behind;
            for (int from = 0; from < all.length(); from += piece) {
                client.send(all.substring(from, Math.min(all.length(), from + piece)));
            }
            Exchange exchange = origin.next();
            exchange.write(Handshake.ANSWER + "welcome");

            assertThat(client.readUntil("welcome")).startsWith("HTTP/1.1 101 ").endsWith("\r\n\r\nwelcome");
            assertThat(exchange.readUntil("END")).isEqualTo(behind);
            assertThat(origin.count()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("may be followed by more than is held: the rest waits in the socket")
    void flood() throws Exception {
        byte[] bytes = new byte[16 * 1024 * 1024];
        new Random(1).nextBytes(bytes);
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(Handshake.REQUEST);
            Exchange exchange = origin.next();
            Flood flood = Flood.into(client.socket(), bytes);
            assertThat(flood.isHeldUp()).isTrue();

            exchange.write(Handshake.ANSWER);

            assertThat(exchange.socket().getInputStream().readNBytes(bytes.length))
                    .isEqualTo(bytes);
            flood.awaitSent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "403 Forbidden", "426 Upgrade Required"})
    @DisplayName("that is not granted is an ordinary one: what follows is the next request")
    void notGranted(String status) throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(Handshake.REQUEST + NEXT);
            Exchange declined = origin.next();
            declined.write("HTTP/1.1 " + status + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Content-Length: 4\r\n\r\nbody");

            assertThat(client.readUntil("body"))
                    .startsWith("HTTP/1.1 " + status)
                    .doesNotContain("HTTP/1.1 101");
            Exchange next = origin.next();
            assertThat(next.head()).startsWith("GET /next ");
            next.answer("second");
            assertThat(client.readUntil("second")).startsWith("HTTP/1.1 200 ");
            declined.awaitClosed();
            client.send(NEXT.replace("/next", "/third"));
            origin.next().answer("third");
            assertThat(client.readUntil("third")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    @DisplayName("that is not granted takes nothing of the other protocol to the origin")
    void notGrantedNothingForwarded() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(Handshake.REQUEST + "\u0081\u0005hello\r\n\r\n");
            Exchange declined = origin.next();
            declined.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");

            String all = client.readToEnd();
            assertThat(all.split("HTTP/1.1 400 ", -1)).hasSize(3);
            declined.awaitClosed();
            assertThat(origin.count()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("is answered without asking the origin where there is no route, and the connection goes on")
    void noRoute() throws IOException {
        String routes = "origins:\n  site: { urls: [\"" + origin.url() + "\"] }\n"
                + "routes:\n  - id: site\n    match: { path: \"/next\" }\n    origin: site\n";
        try (GatewayUnderTest narrow = GatewayUnderTest.start(routes);
                RawHttp client = new RawHttp(narrow.port())) {
            client.send(Handshake.REQUEST + NEXT);
            assertThat(client.readUntil("}\n")).startsWith("HTTP/1.1 404 ");
            origin.next().answer("second");
            assertThat(client.readUntil("second")).startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket, h2c\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nUpgrade: websocket\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a.test\r\nUpgrade: websocket\r\n\r\n",
                "GET / HTTP/1.0\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 0\r\n\r\n"
            })
    @DisplayName(
            "for anything but a WebSocket, or in another form, is taken for an ordinary one; so a 101 is no answer to it")
    void ignored(String request) throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(request);
            Exchange exchange = origin.next();
            assertThat(exchange.head()).doesNotContainIgnoringCase("upgrade", "http2-settings");
            exchange.write(Handshake.ANSWER + "smuggled");

            assertThat(client.readUntil("}\n")).contains(" 502 Bad Gateway\r\n").doesNotContain("smuggled");
        }
    }

    @Test
    @DisplayName("with content is an ordinary one")
    void content() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(Handshake.REQUEST.replace("\r\n\r\n", "\r\nContent-Length: 4\r\n\r\nbody"));
            Exchange exchange = origin.next();
            assertThat(exchange.head()).doesNotContainIgnoringCase("upgrade:");
            assertThat(exchange.readUntil("body")).isEqualTo("body");
            exchange.answer("ok");
            assertThat(client.readUntil("ok")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    @DisplayName("behind a request that has no answer yet is an ordinary one")
    void pipelined() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(NEXT + Handshake.REQUEST);
            origin.next().answer("first");
            assertThat(client.readUntil("first")).startsWith("HTTP/1.1 200 ");
            Exchange exchange = origin.next();
            assertThat(exchange.head()).doesNotContainIgnoringCase("upgrade:");
            exchange.answer("second");
            assertThat(client.readUntil("second")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    @DisplayName("is not granted by a switch to something else")
    void otherProtocol() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(Handshake.REQUEST);
            Exchange exchange = origin.next();
            exchange.write(Handshake.ANSWER.replace("websocket", "h2c") + "smuggled");
            assertThat(client.readUntil("}\n")).startsWith("HTTP/1.1 502 ").doesNotContain("smuggled");
            exchange.awaitClosed();
        }
    }

    @Test
    @DisplayName("ends in 504 when the origin does not answer, and in 502 when it breaks off")
    void failed() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(Handshake.REQUEST);
            Exchange silent = origin.next();
            assertThat(client.readUntil("}\n")).startsWith("HTTP/1.1 504 ");
            silent.awaitClosed();
            client.send(Handshake.REQUEST);
            origin.next().breakOff();
            assertThat(client.readUntil("}\n")).startsWith("HTTP/1.1 502 ");
        }
    }

    @Test
    @DisplayName("is given up at the origin when the client leaves")
    void clientLeaves() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(Handshake.REQUEST);
            Exchange exchange = origin.next();
            client.reset();
            exchange.awaitClosed();
        }
    }

    @Test
    @DisplayName("is held against an origin that fails it")
    void breaker() throws IOException {
        String answer = "";
        for (int i = 0; i < 25 && !answer.startsWith("HTTP/1.1 503 "); i++) {
            try (RawHttp client = new RawHttp(gateway.port())) {
                client.send(Handshake.REQUEST);
                Eventually.isTrue(() -> origin.hasNext() || available(client));
                if (origin.hasNext()) {
                    origin.next().breakOff();
                }
                answer = client.readUntil("}\n");
            }
        }
        assertThat(answer).startsWith("HTTP/1.1 503 ").contains("given a rest");
    }

    private static boolean available(RawHttp client) {
        try {
            return client.socket().getInputStream().available() > 0;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
