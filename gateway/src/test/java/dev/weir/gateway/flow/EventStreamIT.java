package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Flood;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.HeldOrigin;
import dev.weir.gateway.testkit.HeldOrigin.Exchange;
import dev.weir.gateway.testkit.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a stream of events")
class EventStreamIT {

    private static final String[] STREAM = {
        "Content-Type: text/event-stream;charset=utf-8",
        "Cache-Control: public, max-age=60",
        "Transfer-Encoding: chunked"
    };

    private HeldOrigin origin;
    private GatewayUnderTest gateway;

    @BeforeEach
    void start() {
        origin = new HeldOrigin();
        gateway = GatewayUnderTest.start(
                GatewayUnderTest.routesTo(origin.url(), "")
                        .replace("response-timeout: 1s", "response-timeout: 1s, total-timeout: 1s"),
                "limits.tunnel-idle=10s");
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    private static void ask(RawHttp client, String accept) throws IOException {
        client.send("GET /events HTTP/1.1\r\nHost: a.test\r\nAccept: " + accept + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "*/*"})
    @DisplayName("reaches its listener event by event, each before the next is made, and is not stored")
    void eventByEvent(String accept) throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            for (int round = 0; round < 2; round++) {
                ask(client, accept);
                Exchange stream = origin.next().writeHead(STREAM);
                assertThat(client.readUntil("\r\n\r\n"))
                        .startsWith("HTTP/1.1 200 ")
                        .contains("detail=" + (round == 0 || accept.startsWith("text") ? "event-stream" : ""));
                for (int i = 0; i < 20; i++) {
                    stream.writeChunk("data: " + i + "\n\n");
                    assertThat(client.readUntil("\n\n")).endsWith("data: " + i + "\n\n");
                }
                stream.writeChunk("");
                client.readUntil("0\r\n\r\n");
            }
            assertThat(origin.count()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "*/*"})
    @DisplayName("is each listener's own")
    void twoStreams(String accept) throws IOException {
        try (RawHttp one = new RawHttp(gateway.port());
                RawHttp two = new RawHttp(gateway.port())) {
            ask(one, accept);
            Exchange first = origin.next();
            ask(two, accept);
            first.writeHead(STREAM).writeChunk("data: first\n\n");
            Exchange second = origin.next();
            second.writeHead(STREAM).writeChunk("data: second\n\n");

            assertThat(one.readUntil("\n\n")).endsWith("data: first\n\n");
            assertThat(two.readUntil("\n\n")).endsWith("data: second\n\n");
        }
    }

    @Test
    @DisplayName("is asked for by each listener at once, where that is what they say they want")
    void nobodyWaits() throws IOException {
        try (RawHttp one = new RawHttp(gateway.port());
                RawHttp two = new RawHttp(gateway.port())) {
            ask(one, "text/event-stream");
            ask(two, "text/html;q=0.5, text/event-stream");

            Exchange first = origin.next();
            Exchange second = origin.next();

            first.writeHead(STREAM).writeChunk("");
            second.writeHead(STREAM).writeChunk("");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "*/*"})
    @DisplayName("is given up at the origin when its listener leaves")
    void listenerLeaves(String accept) throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            ask(client, accept);
            Exchange stream = origin.next().writeHead(STREAM).writeChunk("data: 1\n\n");
            client.readUntil("data: 1\n\n");
            client.close();

            stream.awaitClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "*/*"})
    @DisplayName("may be silent for longer, and last longer, than other bodies may")
    void silence(String accept) throws IOException {
        try (RawHttp listener = new RawHttp(gateway.port())) {
            ask(listener, accept);
            Exchange stream = origin.next().writeHead(STREAM).writeChunk("data: 1\n\n");
            listener.readUntil("data: 1\n\n");

            aPageIsCutOff();
            aPageIsCutOff();

            stream.writeChunk("data: 2\n\n");
            assertThat(listener.readUntil("data: 2\n\n")).endsWith("data: 2\n\n");
        }
    }

    /** What takes one to two times as long as an origin may be silent. */
    private void aPageIsCutOff() throws IOException {
        try (RawHttp other = new RawHttp(gateway.port())) {
            other.send("POST /page HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0\r\n\r\n");
            Exchange page =
                    origin.next().writeHead("Transfer-Encoding: chunked").writeChunk("half");
            assertThat(other.readToEnd()).contains("half").doesNotEndWith("0\r\n\r\n");
            page.awaitClosed();
        }
    }

    @Test
    @DisplayName("ends when it has been silent for the idle limit of tunnels")
    void silentForTooLong() throws IOException {
        try (GatewayUnderTest impatient = GatewayUnderTest.start(
                        GatewayUnderTest.routesTo(origin.url(), ""), "limits.tunnel-idle=500ms");
                RawHttp listener = new RawHttp(impatient.port())) {
            ask(listener, "text/event-stream");
            Exchange stream = origin.next().writeHead(STREAM).writeChunk("data: 1\n\n");

            assertThat(listener.readToEnd()).contains("data: 1\n\n").doesNotEndWith("0\r\n\r\n");
            stream.awaitClosed();
        }
    }

    @Test
    @DisplayName("waits at the origin for a listener that does not read")
    void pace() throws Exception {
        try (RawHttp listener = new RawHttp(gateway.port())) {
            ask(listener, "text/event-stream");
            Exchange stream = origin.next().writeHead(STREAM);
            byte[] size = "4000000\r\n".getBytes(StandardCharsets.US_ASCII);
            byte[] events = Arrays.copyOf(size, size.length + 0x4000000);

            Flood flood = Flood.into(stream.socket(), events);

            assertThat(flood.isHeldUp()).isTrue();
            listener.close();
            stream.awaitClosed();
        }
    }
}
