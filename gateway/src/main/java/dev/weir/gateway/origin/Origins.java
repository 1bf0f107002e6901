package dev.weir.gateway.origin;

import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.tunnel.Tunnel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * All origins that have been called, by name and settings: a reload that leaves an origin's settings alone keeps its
 * connections and what its breaker has learned.
 */
public final class Origins implements OriginCalls {

    private final Map<OriginSettings, Origin> known = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> sent = new ConcurrentHashMap<>();
    private final LoopResources loops;
    private final Patience limits;
    private final LongAdder seconds = new LongAdder();

    /**
     * What holds for all origins alike.
     *
     * @param upload how long a client may take to send the content of one request
     * @param silence how long an event stream may go without an event; it may last for as long as it likes
     */
    public record Patience(Duration upload, Duration silence) {}

    /** None called yet. */
    public Origins(LoopResources loops, Patience limits) {
        this.loops = loops;
        this.limits = limits;
    }

    @Override
    public Mono<OriginResponse> exchange(
            OriginSettings settings, Request upstream, @Nullable Flux<byte[]> body, Consumer<ResponseHead> interim) {
        Origin origin = origin(settings);
        return origin.guard.around(
                origin.attempt(upstream, body, interim), body == null ? Duration.ZERO : limits.upload());
    }

    @Override
    public Mono<OriginResponse> upgrade(
            OriginSettings settings, Request upstream, Tunnel tunnel, Consumer<ResponseHead> interim) {
        Origin origin = origin(settings);
        return origin.guard.around(origin.handshake(upstream, tunnel, interim), Duration.ZERO);
    }

    private Origin origin(OriginSettings settings) {
        LongAdder count = sent.computeIfAbsent(settings.name(), name -> new LongAdder());
        return known.computeIfAbsent(settings, key -> new Origin(key, loops, limits, count));
    }

    @Override
    public Mono<OriginResponse> fetch(
            OriginSettings settings, Request upstream, Duration patience, Consumer<ResponseHead> interim) {
        Origin origin = origin(settings);
        TwoAttempts attempts = new TwoAttempts(
                () -> origin.attempt(upstream, null, interim),
                patience,
                thrown -> thrown instanceof OriginFailure failure
                        && failure.kind().isWorthAnotherAttempt(),
                origin.retries,
                seconds);
        return origin.guard
                .around(attempts.first(), Duration.ZERO)
                .doOnDiscard(OriginResponse.class, lost -> lost.discard().run());
    }

    @Override
    public long secondAttempts() {
        return seconds.sum();
    }

    /** Requests begun so far, by the origin's name. */
    public Map<String, LongAdder> sent() {
        return Map.copyOf(sent);
    }

    @Override
    public long sentInAll() {
        return sent.values().stream().mapToLong(LongAdder::sum).sum();
    }

    @Override
    public void retain(Set<OriginSettings> onDuty) {
        known.forEach((settings, origin) -> {
            if (!onDuty.contains(settings) && known.remove(settings, origin)) {
                origin.close().subscribe(); // owner: this method; bounded by the pool's own disposal time-out
            }
        });
    }

    public Mono<Void> close() {
        return Flux.fromIterable(known.values()).flatMap(Origin::close).then();
    }

    /** The servers of one origin in turn, and the guard around them. */
    private static final class Origin {

        private final String name;
        private final List<OriginClient> servers;
        private final AtomicInteger turn = new AtomicInteger();
        private final Guard guard;
        private final RetryBudget retries = new RetryBudget();
        private final LongAdder count;
        private final Duration longestUpload;
        private final Semaphore uploads;

        Origin(OriginSettings settings, LoopResources loops, Patience limits, LongAdder count) {
            this.name = settings.name();
            this.count = count;
            this.longestUpload = limits.upload();
            // Half of the connections: clients that send slowly must not keep the others from their pages
            this.uploads = new Semaphore(
                    Math.max(1, settings.maxConnections() * settings.urls().size() / 2));
            this.servers = settings.urls().stream()
                    .map(url -> new OriginClient(settings, url, loops, limits.silence()))
                    .toList();
            this.guard = new Guard(name, Breakers.of(name), settings.timeouts());
        }

        Mono<OriginResponse> attempt(Request upstream, @Nullable Flux<byte[]> body, Consumer<ResponseHead> interim) {
            return sent(next(), upstream, body, interim).doOnSubscribe(subscription -> count.increment());
        }

        Mono<OriginResponse> handshake(Request upstream, Tunnel tunnel, Consumer<ResponseHead> interim) {
            return next().upgrade(upstream, tunnel, interim).doOnSubscribe(subscription -> count.increment());
        }

        private OriginClient next() {
            return servers.get(Math.floorMod(turn.getAndIncrement(), servers.size()));
        }

        private Mono<OriginResponse> sent(
                OriginClient server, Request upstream, @Nullable Flux<byte[]> body, Consumer<ResponseHead> interim) {
            if (body == null) {
                return server.exchange(upstream, null, interim);
            }
            return Mono.defer(() -> {
                if (!uploads.tryAcquire()) {
                    return Mono.error(new OriginFailure(OriginFailure.Kind.SATURATED, name, "with content"));
                }
                Upload upload = new Upload(name, body, longestUpload);
                return upload.during(server.exchange(upstream, upload.content(), interim))
                        .doFinally(over -> uploads.release());
            });
        }

        Mono<Void> close() {
            return Flux.fromIterable(servers).flatMap(OriginClient::close).then();
        }
    }
}
