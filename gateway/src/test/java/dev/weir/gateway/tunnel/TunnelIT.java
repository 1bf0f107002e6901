package dev.weir.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.edge.EdgeServer;
import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.HeldOrigin;
import dev.weir.gateway.testkit.HeldOrigin.Exchange;
import dev.weir.gateway.testkit.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a connection that has left HTTP")
class TunnelIT {

    private HeldOrigin origin;
    private GatewayUnderTest gateway;

    @BeforeEach
    void start() {
        origin = new HeldOrigin();
        gateway = GatewayUnderTest.start(GatewayUnderTest.routesTo(origin.url(), ""), "limits.tunnels=2");
    }

    @AfterEach
    void stop() throws IOException {
        origin.close();
        gateway.close();
    }

    private Exchange opened(RawHttp client) throws IOException {
        client.send(Handshake.REQUEST);
        Exchange exchange = origin.next();
        exchange.write(Handshake.ANSWER);
        assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
        return exchange;
    }

    private void nothingIsLeft() {
        Eventually.isTrue(() -> gateway.bean(Tunnels.class).count() == 0);
    }

    @Test
    @DisplayName("was asked for and granted in the peers' own fields")
    void heads() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(Handshake.REQUEST);
            Exchange exchange = origin.next();
            exchange.write(Handshake.ANSWER);

            assertThat(exchange.head())
                    .startsWith("GET /chat?room=1 HTTP/1.1\r\n")
                    .contains("Connection: Upgrade\r\n", "Upgrade: websocket\r\n", "Sec-WebSocket-Version: 13\r\n")
                    .contains("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "X-Forwarded-Host: a.test\r\n")
                    .containsOnlyOnce("Connection:")
                    .doesNotContainIgnoringCase("transfer-encoding", "content-length");
            assertThat(client.readUntil("\r\n\r\n"))
                    .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
                    .containsIgnoringCase("Connection: Upgrade\r\n")
                    .containsIgnoringCase("Upgrade: websocket\r\n")
                    .contains(
                            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n",
                            "Sec-WebSocket-Protocol: chat\r\n")
                    .contains("Cache-Status: weir; fwd=bypass; fwd-status=101; detail=upgrade\r\n")
                    .doesNotContainIgnoringCase("transfer-encoding", "content-length");
        }
    }

    @Test
    @DisplayName("carries bytes both ways, and ends on both sides when one leaves")
    void bothWays() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            Exchange exchange = opened(client);
            for (int i = 0; i < 100; i++) {
                client.send("ping\r\n\r\n" + i + "!");
                assertThat(exchange.readUntil("!")).isEqualTo("ping\r\n\r\n" + i + "!");
                exchange.write("HTTP/1.1 200 pong" + i + "!");
                assertThat(client.readUntil("!")).isEqualTo("HTTP/1.1 200 pong" + i + "!");
            }
            assertThat(gateway.manage("GET", "/actuator/prometheus", null).body())
                    .contains("weir_tunnels 1.0");

            exchange.breakOff();

            assertThat(client.readToEnd()).isEmpty();
        }
        nothingIsLeft();
    }

    @Test
    @DisplayName("is closed at the origin when the client closes it, or crashes")
    void clientLeaves() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            Exchange exchange = opened(client);
            client.close();
            exchange.awaitClosed();
            exchange.breakOff();
        }
        try (RawHttp client = new RawHttp(gateway.port())) {
            Exchange exchange = opened(client);
            client.reset();
            exchange.awaitClosed();
        }
        nothingIsLeft();
    }

    @Test
    @DisplayName("goes on in one direction when the other has ended")
    void halfClosed() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            Exchange exchange = opened(client);
            client.send("last words");
            client.socket().shutdownOutput();
            assertThat(exchange.readUntil("words")).isEqualTo("last words");
            exchange.awaitClosed();

            exchange.write("answer");
            assertThat(client.readUntil("answer")).isEqualTo("answer");
            exchange.breakOff();
            assertThat(client.readToEnd()).isEmpty();
        }
        nothingIsLeft();
    }

    @Test
    @DisplayName("is not left half-closed by those who don't notice")
    void forgotten() throws IOException {
        try (GatewayUnderTest patient =
                        GatewayUnderTest.start(GatewayUnderTest.routesTo(origin.url(), ""), "limits.tunnel-idle=60s");
                RawHttp client = new RawHttp(patient.port())) {
            Exchange exchange = opened(client);
            client.socket().shutdownOutput();
            exchange.awaitClosed();

            assertThat(client.readToEnd()).isEmpty();
            Eventually.isTrue(() -> patient.bean(Tunnels.class).count() == 0);
        }
    }

    @Test
    @DisplayName("is closed when nothing has moved for the idle limit, and not before")
    void idle() throws IOException {
        try (GatewayUnderTest impatient =
                        GatewayUnderTest.start(GatewayUnderTest.routesTo(origin.url(), ""), "limits.tunnel-idle=5s");
                RawHttp quiet = new RawHttp(impatient.port());
                RawHttp lively = new RawHttp(impatient.port())) {
            Exchange idle = opened(quiet);
            Exchange busy = opened(lively);
            Eventually.isTrue(() -> {
                assertThat(echoed(busy, lively)).isTrue();
                return impatient.bean(Tunnels.class).count() == 1;
            });

            assertThat(quiet.readToEnd()).isEmpty();
            idle.awaitClosed();
            assertThat(echoed(busy, lively)).isTrue();
        }
    }

    private static boolean echoed(Exchange from, RawHttp to) {
        try {
            from.write(".");
            return to.readUntil(".").equals(".");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("is one of a limited number")
    void limited() throws IOException {
        try (RawHttp first = new RawHttp(gateway.port());
                RawHttp second = new RawHttp(gateway.port());
                RawHttp third = new RawHttp(gateway.port())) {
            Exchange exchange = opened(first);
            opened(second);

            third.send(Handshake.REQUEST);
            assertThat(third.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 503 ").containsIgnoringCase("Retry-After: ");
            assertThat(origin.count()).isEqualTo(2);

            first.close();
            exchange.breakOff();
            Eventually.isTrue(() -> gateway.bean(Tunnels.class).count() < 2);
            third.readUntil("}\n");
            opened(third);
        }
    }

    @Test
    @DisplayName("is closed when the gateway stops")
    void stopped() throws IOException {
        try (GatewayUnderTest stopping =
                        GatewayUnderTest.start(GatewayUnderTest.routesTo(origin.url(), ""), "shutdown-grace=500ms");
                RawHttp client = new RawHttp(stopping.port())) {
            Exchange exchange = opened(client);

            stopping.bean(EdgeServer.class).stop();

            assertThat(client.readToEnd()).isEmpty();
            exchange.awaitClosed();
        }
    }
}
