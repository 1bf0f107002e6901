package dev.weir.loadtest.rig;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * The origin behind everybody who is measured: it plays a {@link Scene} and counts who asks. It runs in this process, on
 * one event loop of its own, so its count is the truth about what reached an origin.
 */
public final class ScriptedOrigin implements AutoCloseable {
    /** How long the head of every answer takes. */
    public static final Duration FIRST_BYTE = Duration.ofMillis(200);

    private static final Duration BETWEEN_CHUNKS = Duration.ofMillis(50);
    private static final int CHUNKS = 8;

    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private final AtomicLong serial = new AtomicLong();
    private final LoopResources loop = LoopResources.create("scripted-origin", 1, true);
    private final DisposableServer server;

    /** Starts it on a free port. */
    public ScriptedOrigin() {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(Ports.freeWith())
                .runOn(loop)
                .handle(this::play)
                .bindNow();
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** How many requests for that path have come so far. */
    public int requests(String path) {
        Asked known = asked.get(path);
        return known == null ? 0 : known.all.get();
    }

    /** How many requests for that path were under way at once, at most. */
    public int mostAtOnce(String path) {
        Asked known = asked.get(path);
        return known == null ? 0 : known.most.get();
    }

    private Publisher<Void> play(HttpServerRequest request, HttpServerResponse response) {
        String path = request.uri();
        Asked mine = asked.computeIfAbsent(path, first -> new Asked());
        mine.begin();
        response.header("Content-Type", "text/html; charset=utf-8");
        Mono<Void> answer = Mono.delay(FIRST_BYTE).then(Mono.defer(() -> Mono.from(script(path, response))));
        return answer.doFinally(end -> mine.atOnce.decrementAndGet());
    }

    private Publisher<Void> script(String path, HttpServerResponse response) {
        if (path.startsWith(Scene.PRIVATE.prefix())) {
            byte[] body = ScriptedBody.numbered(serial.incrementAndGet());
            return whole(response.header("Cache-Control", "private"), body);
        }
        response.header("Cache-Control", "public, max-age=600");
        byte[] body = ScriptedBody.numbered(0);
        return path.startsWith(Scene.CHUNKED.prefix()) ? inChunks(response, body) : whole(response, body);
    }

    private static Publisher<Void> whole(HttpServerResponse response, byte[] body) {
        return response.header("Content-Length", Integer.toString(body.length)).sendByteArray(Mono.just(body));
    }

    private static Publisher<Void> inChunks(HttpServerResponse response, byte[] body) {
        int size = body.length / CHUNKS;
        Flux<ByteBuf> chunks = Flux.range(0, CHUNKS).concatMap(chunk -> {
            ByteBuf bytes = Unpooled.wrappedBuffer(body, chunk * size, size);
            return chunk == 0 ? Mono.just(bytes) : Mono.delay(BETWEEN_CHUNKS).thenReturn(bytes);
        });
        return response.send(chunks, each -> true); // flushed one by one
    }

    @Override
    public void close() {
        server.disposeNow();
        loop.disposeLater().block(Duration.ofSeconds(10)); // on the command's own thread
    }

    /** Who asked for one path. */
    private static final class Asked {
        private final AtomicInteger all = new AtomicInteger();
        private final AtomicInteger atOnce = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        void begin() {
            all.incrementAndGet();
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        }
    }
}
