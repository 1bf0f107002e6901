package dev.weir.gateway.origin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.testkit.RawOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.resources.LoopResources;

/** A response that nobody takes keeps no connection from the others. */
class UnclaimedIT {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final LoopResources loops = LoopResources.create("unclaimed", 1, true);
    private final Origins origins = new Origins(loops, new Origins.Patience(LONG, LONG));

    @AfterEach
    void close() {
        origins.close().block(LONG);
        loops.disposeLater().block(LONG);
    }

    private OriginResponse exchange(URI url, Duration response) {
        OriginSettings settings =
                new OriginSettings("blog", List.of(url), new OriginSettings.Timeouts(LONG, response, LONG), 1, 1);
        Request request = new Request("GET", "http", "site.example", "/", null, Headers.empty());
        return Objects.requireNonNull(
                origins.exchange(settings, request, null, interim -> {}).block(LONG));
    }

    @Test
    void aHeadThatIsDroppedEndsItsConnection() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> afterwards = CompletableFuture.supplyAsync(() -> answerInPart(server));

            var dropped = exchange(URI.create("http://127.0.0.1:" + server.getLocalPort()), SHORT);

            assertThat(dropped.head().status()).isEqualTo(200);
            assertThat(afterwards.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
        }
    }

    @Test
    void oneGivenUpWithItsWholeBodyThereLeavesRoomForTheNext() throws IOException {
        try (RawOrigin origin = RawOrigin.of(path -> "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")) {
            exchange(URI.create(origin.url()), LONG).discard().run();

            OriginResponse next = exchange(URI.create(origin.url()), LONG);

            assertThat(next.body().reduce(0, (sum, chunk) -> sum + chunk.length).block(LONG))
                    .isEqualTo(5);
        }
    }

    /** What is read behind the request: -1 is the connection's end. */
    private static int answerInPart(ServerSocket server) {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            String head = "";
            while (!head.endsWith("\r\n\r\n")) {
                head += (char) in.read();
            }
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe".getBytes(ISO_8859_1));
            return in.read();
        } catch (IOException reset) {
            return -1;
        }
    }
}
