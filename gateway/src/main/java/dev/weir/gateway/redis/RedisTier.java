package dev.weir.gateway.redis;

import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.StoredResponse.Variant;
import dev.weir.gateway.purge.Standing;
import dev.weir.gateway.store.EntryCodec;
import dev.weir.gateway.store.SharedRecord;
import dev.weir.gateway.store.SharedTier;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The shared tier in Redis. A response that does not vary stands under its primary key; one that does stands under a
 * name of its own, and a record under the primary key tells by which fields. So a look-up is one GET, or two.
 *
 * <p>A look-up is tried only while this replica has standing, and it is given up when its budget is spent; the breaker
 * then spares those that follow. Whether what is found may be used is not judged here.
 *
 * <p>Answers come on threads of the tier's or Reactor's parallel scheduler; callers go on where they belong.
 */
public final class RedisTier implements SharedTier, AutoCloseable {

    private static final int WORKERS = 4;
    private static final int WORKER_QUEUE = 1024;

    private final RedisSettings.Lookups limits;
    private final Link<StatefulRedisConnection<byte[], byte[]>> reads;
    private final BiFunction<List<String>, Request, Variant> variantOf;
    private final Supplier<Standing> standing;
    private final TierCounts counts = new TierCounts();
    private final Breaker breaker;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final TierWriter writer;

    /** Decodes and encodes: megabytes to copy and to sum up are no work for an event loop. */
    private final Scheduler workers = Schedulers.newBoundedElastic(WORKERS, WORKER_QUEUE, "weir-redis-tier", 60, true);

    /**
     * Opens the tier's connections; returns at once, whether or not Redis is there.
     *
     * @param variantOf which variant of these Vary fields a request selects (RFC 9111 §4.1)
     * @param standing of this replica, asked at every look-up
     */
    public RedisTier(
            RedisSettings settings,
            RedisConnections connections,
            BiFunction<List<String>, Request, Variant> variantOf,
            Supplier<Standing> standing) {
        this.limits = settings.lookups();
        this.reads = connections.reads();
        this.variantOf = variantOf;
        this.standing = standing;
        this.breaker = new Breaker(limits.maxFailures(), limits.pause());
        this.writer = new TierWriter(settings, connections.writes(), workers, counts);
        reads.open();
    }

    public TierCounts counts() {
        return counts;
    }

    /** Whether look-ups are being spared because Redis did not answer. */
    public boolean isResting() {
        return !breaker.isClosed();
    }

    @Override
    public Mono<StoredResponse> find(CacheKey key, Request upstream) {
        return Mono.defer(() -> {
            counts.lookups.increment();
            StatefulRedisConnection<byte[], byte[]> redis = reads.current();
            long now = System.nanoTime();
            if (redis == null || !standing.get().holdsAt(now)) {
                return notTried();
            }
            if (inFlight.incrementAndGet() > limits.maxInFlight() || !breaker.mayTry(now)) {
                inFlight.decrementAndGet();
                return notTried();
            }
            return lookUp(redis, key, upstream)
                    .timeout(limits.budget())
                    .doOnSuccess(found -> succeeded(found != null))
                    .onErrorResume(this::failed)
                    .doFinally(end -> inFlight.decrementAndGet());
        });
    }

    @Override
    public void put(StoredResponse stored, long ttlMillis, Runnable over) {
        writer.put(stored, ttlMillis, over);
    }

    @Override
    public boolean takes(long bodyBytes) {
        return writer.takes(bodyBytes);
    }

    @Override
    public void close() {
        workers.dispose();
    }

    private Mono<StoredResponse> lookUp(StatefulRedisConnection<byte[], byte[]> redis, CacheKey key, Request upstream) {
        return get(redis, EntryNames.primary(key), key).flatMap(record -> {
            if (record instanceof SharedRecord.Varies varies) {
                Variant wanted = variantOf.apply(varies.names(), upstream);
                return get(redis, EntryNames.variant(key, wanted), key).flatMap(one -> entry(one, wanted));
            }
            return entry(record, Variant.NONE);
        });
    }

    private static Mono<StoredResponse> entry(SharedRecord record, Variant wanted) {
        return record instanceof SharedRecord.Entry entry
                        && entry.stored().variant().equals(wanted)
                ? Mono.just(entry.stored())
                : Mono.empty();
    }

    private Mono<SharedRecord> get(StatefulRedisConnection<byte[], byte[]> redis, byte[] name, CacheKey key) {
        CompletableFuture<byte[]> asked = redis.async().get(name).toCompletableFuture();
        // Beyond the budget: what is not answered for so long never will be, on this connection
        var unused = asked.whenComplete((bytes, failure) -> {
            if (failure instanceof RedisCommandTimeoutException) {
                reads.reset(redis);
            }
        });
        // A copy: who gives up on it leaves the command itself alone
        return Mono.fromFuture(asked.copy()).publishOn(workers).handle((bytes, sink) -> {
            SharedRecord record = EntryCodec.decode(bytes);
            if (record != null && record.key().equals(key)) {
                sink.next(record);
            } else {
                counts.unreadable.increment(); // the next write replaces it
            }
        });
    }

    private Mono<StoredResponse> notTried() {
        counts.notTried.increment();
        return Mono.empty();
    }

    private void succeeded(boolean found) {
        breaker.succeeded();
        if (found) {
            counts.hits.increment();
        }
    }

    private Mono<StoredResponse> failed(Throwable failure) {
        (failure instanceof TimeoutException ? counts.overBudget : counts.failures).increment();
        breaker.failed(System.nanoTime());
        return Mono.empty();
    }
}
