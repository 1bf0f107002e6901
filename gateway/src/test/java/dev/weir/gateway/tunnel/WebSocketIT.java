package dev.weir.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

@DisplayName("a WebSocket between a real client and a real server")
class WebSocketIT {

    private final BlockingQueue<WebSocketCloseStatus> closes = new LinkedBlockingQueue<>();
    private DisposableServer server;
    private GatewayUnderTest gateway;

    @BeforeEach
    void start() {
        WebsocketServerSpec spec = WebsocketServerSpec.builder().compress(true).build();
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes ->
                        routes.ws("/echo", this::echo, spec).ws("/leaving", (in, out) -> out.sendClose(4002, "enough")))
                .bindNow();
        gateway = GatewayUnderTest.start(GatewayUnderTest.routesTo("http://127.0.0.1:" + server.port(), ""));
    }

    private Mono<Void> echo(WebsocketInbound in, WebsocketOutbound out) {
        in.receiveCloseStatus().subscribe(closes::add);
        return out.sendObject(in.aggregateFrames(1024 * 1024).receiveFrames().map(frame -> frame.retain()))
                .then();
    }

    @AfterEach
    void stop() {
        Eventually.isTrue(() -> gateway.bean(Tunnels.class).count() == 0);
        gateway.close();
        server.disposeNow();
    }

    @Test
    @DisplayName("carries texts, bytes, pings and the code of the closing")
    void frames() throws Exception {
        Told told = new Told();
        WebSocket socket = connect("/echo", told);

        for (int size : new int[] {0, 1, 125, 126, 65_535, 65_536, 300_000}) {
            String text = "é".repeat(size);
            socket.sendText(text, true).get(10, TimeUnit.SECONDS);
            assertThat(told.next()).isEqualTo("text " + text);
        }
        socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).get(10, TimeUnit.SECONDS);
        assertThat(told.next()).isEqualTo("3 bytes");
        socket.sendPing(ByteBuffer.wrap(new byte[] {9})).get(10, TimeUnit.SECONDS);
        assertThat(told.next()).isEqualTo("pong 9");
        socket.sendClose(4001, "bye").get(10, TimeUnit.SECONDS);
        assertThat(closes.poll(10, TimeUnit.SECONDS)).isEqualTo(new WebSocketCloseStatus(4001, "bye"));
    }

    @Test
    @DisplayName("ends with the code that the server gives")
    void closedByServer() throws Exception {
        Told told = new Told();
        connect("/leaving", told);

        assertThat(told.next()).isEqualTo("close 4002 enough");
    }

    @Test
    @DisplayName("is compressed between those two, as they agree")
    void compressed() {
        String text = "compressible ".repeat(10_000);
        CompletableFuture<String> extensions = new CompletableFuture<>();
        String echoed = reactor.netty.http.client.HttpClient.newConnection()
                .doOnResponse((response, connection) ->
                        extensions.complete(response.responseHeaders().get("Sec-WebSocket-Extensions", "none")))
                .websocket(WebsocketClientSpec.builder()
                        .compress(true)
                        .maxFramePayloadLength(1024 * 1024)
                        .build())
                .uri(gateway.url("/echo"))
                .handle((in, out) -> out.sendString(Flux.just(text))
                        .then()
                        .thenMany(in.aggregateFrames(1024 * 1024)
                                .receive()
                                .asString()
                                .take(1)))
                .next()
                .block(Duration.ofSeconds(10));

        assertThat(echoed).isEqualTo(text);
        assertThat(extensions).isCompletedWithValueMatching(value -> value.startsWith("permessage-deflate"));
    }

    private WebSocket connect(String path, Told told) throws Exception {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(gateway.url(path).replace("http", "ws")), told)
                .get(10, TimeUnit.SECONDS);
    }

    /** What the client was told, one event a line. */
    private static final class Told implements WebSocket.Listener {

        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Nullable String next() throws InterruptedException {
            return events.poll(10, TimeUnit.SECONDS);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                events.add("text " + text);
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer bytes, boolean last) {
            events.add(bytes.remaining() + " bytes");
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer bytes) {
            events.add("pong " + bytes.get());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            events.add("close " + code + " " + reason);
            return null;
        }
    }
}
