package dev.weir.blog;

import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** A gateway's management port that answers as told, 200 past the end of the script, and keeps what it was asked. */
final class ScriptedGateway implements AutoCloseable {
    record Purge(String method, String path, @Nullable String authorization, String body) {
        String id() {
            return body.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        }
    }

    private final Queue<Integer> script = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Purge> purges = new LinkedBlockingQueue<>();
    private final DisposableServer server =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::answer).bindNow();

    ScriptedGateway(int... statuses) {
        for (int status : statuses) {
            script.add(status);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Waits for the next purge. */
    Purge next() throws InterruptedException {
        return Objects.requireNonNull(purges.poll(20, TimeUnit.SECONDS), "no purge arrived");
    }

    int waiting() {
        return purges.size();
    }

    private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().aggregate().asString().defaultIfEmpty("").flatMap(body -> {
            purges.add(new Purge(
                    request.method().name(),
                    request.uri(),
                    request.requestHeaders().get("Authorization"),
                    body));
            Integer status = script.poll();
            return response.status(status == null ? 200 : status)
                    .header("Retry-After", "0")
                    .sendString(Mono.just("{}"))
                    .then();
        });
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(5));
    }
}
