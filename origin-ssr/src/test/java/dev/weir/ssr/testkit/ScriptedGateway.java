package dev.weir.ssr.testkit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A gateway's management port that answers purges as told, and keeps what it was sent. */
public final class ScriptedGateway implements AutoCloseable {
    /** A request as it came. */
    public record Received(String path, String authorization, String contentType, String body) {}

    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final DisposableServer server;

    /** Starts it; the statuses are answered in order, and then 200 for ever. */
    public ScriptedGateway(Integer... statuses) {
        answers.addAll(List.of(statuses));
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> request.receive()
                        .aggregate()
                        .asString()
                        .defaultIfEmpty("")
                        .flatMap(body -> {
                            received.add(new Received(
                                    request.uri(),
                                    String.valueOf(request.requestHeaders().get("Authorization")),
                                    String.valueOf(request.requestHeaders().get("Content-Type")),
                                    body));
                            Integer status = answers.poll();
                            return response.status(status == null ? 200 : status)
                                    .sendString(Mono.just("{}"))
                                    .then();
                        }))
                .bindNow(Duration.ofSeconds(10));
    }

    /** Returns its address. */
    public String address() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Returns the next request, waiting for it; null if none comes. */
    public @Nullable Received next() throws InterruptedException {
        return received.poll(20, TimeUnit.SECONDS);
    }

    /** Returns how many requests have come and were not asked for. */
    public int waiting() {
        return received.size();
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
