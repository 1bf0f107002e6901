package dev.weir.loadtest.client;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Makes visits over a pool of connections of its own. Failures are values, not signals: a load test goes on and counts
 * them. Owns its connections until {@link #close()}.
 */
public final class Visitor implements AutoCloseable {
    private static final String CACHE_NAME = "weir";
    private static final int CONNECT_TIMEOUT_MS = 10_000;

    private final ConnectionProvider connections;
    private final HttpClient client;

    /**
     * @param connections upper bound, for each gateway
     * @param answerTimeout how long one answer may take to begin, and to pause between its parts
     */
    public Visitor(int connections, Duration answerTimeout) {
        this.connections = ConnectionProvider.builder("loadtest")
                .maxConnections(connections)
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(answerTimeout)
                .build();
        this.client = HttpClient.create(this.connections)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
                .responseTimeout(answerTimeout)
                .disableRetry(true);
    }

    /** A visit that starts at once. Never fails: the failure is in the visit. */
    public Mono<Visit> visit(Errand errand) {
        return Mono.defer(() -> fetch(errand, Mono.empty(), new Stopwatch(System.nanoTime())));
    }

    /** A visit that connects, waits at the gate, and is timed from the gate's opening. Never fails. */
    public Mono<Visit> visitThrough(Gate gate, Errand errand) {
        return Mono.defer(() -> {
            AtomicBoolean arrived = new AtomicBoolean();
            Stopwatch watch = new Stopwatch(System.nanoTime());
            Mono<Void> released = Mono.defer(() -> {
                        arriveOnce(gate, arrived);
                        return gate.opening();
                    })
                    .doOnSuccess(opened -> watch.restart(gate.openedAt()));
            // Before the visit is handed on: whoever has seen all visits has seen the gate open.
            return fetch(errand, released, watch)
                    .doOnTerminate(() -> arriveOnce(gate, arrived))
                    .doOnCancel(() -> arriveOnce(gate, arrived));
        });
    }

    private static void arriveOnce(Gate gate, AtomicBoolean arrived) {
        if (arrived.compareAndSet(false, true)) {
            gate.arrive();
        }
    }

    private Mono<Visit> fetch(Errand errand, Mono<Void> released, Stopwatch watch) {
        String path = errand.path();
        return client.headers(headers -> headers.set(HttpHeaderNames.HOST, errand.host())
                        .set(HttpHeaderNames.ACCEPT_ENCODING, errand.coding()))
                .request(HttpMethod.GET)
                .uri(errand.server().resolve(path))
                .send((request, outbound) -> released)
                .responseSingle((response, content) -> {
                    Duration firstByte = watch.elapsed();
                    return content.asByteArray()
                            .defaultIfEmpty(new byte[0])
                            .map(bytes -> visited(path, response, bytes, new Timing(firstByte, watch.elapsed())));
                })
                .onErrorResume(failure -> Mono.just(Visit.failed(path, failure, watch.elapsed())));
    }

    private static Visit visited(String path, HttpClientResponse response, byte[] bytes, Timing timing) {
        try {
            Body body = Body.decode(header(response, "Content-Encoding"), bytes);
            Answer answer = new Answer(
                    response.status().code(),
                    source(response),
                    header(response, "Content-Type"),
                    header(response, "Location"),
                    body);
            return new Visit(path, Optional.of(answer), "", timing.firstByte(), timing.whole());
        } catch (IOException damaged) {
            return Visit.failed(path, damaged, timing.whole());
        }
    }

    private static Source source(HttpClientResponse response) {
        // RFC 9110 §5.3: several field lines are one list.
        String field = String.join(", ", response.responseHeaders().getAll("Cache-Status"));
        return CacheStatus.of(CACHE_NAME, field).map(CacheStatus::source).orElse(Source.UNMARKED);
    }

    private static String header(HttpClientResponse response, String name) {
        return response.responseHeaders().get(name, "");
    }

    @Override
    public void close() {
        connections.dispose();
    }

    private record Timing(Duration firstByte, Duration whole) {}

    /** Measures from its start, which the gate may move. */
    private static final class Stopwatch {
        private volatile long start;

        Stopwatch(long start) {
            this.start = start;
        }

        void restart(long at) {
            start = at;
        }

        Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }
}
