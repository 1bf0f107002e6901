package dev.weir.gateway.redis;

import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.StoredResponse.Variant;
import dev.weir.gateway.store.EntryCodec;
import dev.weir.gateway.store.SharedRecord;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.scheduler.Scheduler;

/**
 * Writes responses that nobody waits for. Bytes are counted from the offer to Redis' answer, and past the bound offers
 * are dropped. A write that is not answered in time takes its connection with it: the unsent bytes in its buffers are
 * not counted here any more, so they must not outlive it.
 */
final class TierWriter {

    /** A guess at what a record takes beyond its body; only for counting. */
    private static final long HEAD_BYTES = 2048;

    /** The record of what a key varies by is small and serves all its variants, so it outlives most of them. */
    private static final long VARIES_TTL_MILLIS = TimeUnit.DAYS.toMillis(1);

    private final RedisSettings.Writes limits;
    private final Link<StatefulRedisConnection<byte[], byte[]>> writes;
    private final Scheduler workers;
    private final TierCounts counts;
    private final AtomicLong pendingBytes = new AtomicLong();

    TierWriter(
            RedisSettings settings,
            Link<StatefulRedisConnection<byte[], byte[]>> writes,
            Scheduler workers,
            TierCounts counts) {
        this.limits = settings.writes();
        this.writes = writes;
        this.workers = workers;
        this.counts = counts;
        writes.open();
    }

    boolean takes(long bodyBytes) {
        return bodyBytes <= limits.maxBodyBytes();
    }

    /** Returns at once, on any thread; {@code over} runs once, whatever comes of it. */
    void put(StoredResponse stored, long ttlMillis, Runnable over) {
        if (!takes(stored.body().bytes())) {
            counts.tooLarge.increment();
            over.run();
            return;
        }
        long bytes = stored.body().bytes() + HEAD_BYTES;
        StatefulRedisConnection<byte[], byte[]> redis = writes.current();
        if (ttlMillis <= 0 || redis == null || !reserve(bytes)) {
            counts.dropped.increment();
            over.run();
            return;
        }
        try {
            workers.schedule(() -> write(redis, stored, ttlMillis).whenComplete((done, failure) -> {
                pendingBytes.addAndGet(-bytes);
                over.run();
            }));
        } catch (RejectedExecutionException full) {
            pendingBytes.addAndGet(-bytes);
            counts.dropped.increment();
            over.run();
        }
    }

    private CompletionStage<String> write(
            StatefulRedisConnection<byte[], byte[]> redis, StoredResponse stored, long ttlMillis) {
        CompletionStage<String> sent;
        try {
            sent = send(redis.async(), stored, ttlMillis);
        } catch (RuntimeException refused) {
            sent = CompletableFuture.failedFuture(refused);
        }
        return sent.whenComplete((done, failure) -> {
            if (failure == null) {
                counts.writes.increment();
                return;
            }
            counts.failures.increment();
            counts.dropped.increment();
            if (failure instanceof RedisCommandTimeoutException
                    || failure.getCause() instanceof RedisCommandTimeoutException) {
                writes.reset(redis);
            }
        });
    }

    /** The variant first, then what leads to it. A part takes nothing's place. */
    private static CompletionStage<String> send(
            RedisAsyncCommands<byte[], byte[]> redis, StoredResponse stored, long ttlMillis) {
        byte[] record = EntryCodec.encode(new SharedRecord.Entry(stored));
        Variant variant = stored.variant();
        boolean isPart = stored.status() == 206;
        if (variant.names().isEmpty()) {
            return redis.set(EntryNames.primary(stored.key()), record, lasting(ttlMillis, isPart));
        }
        byte[] varies = EntryCodec.encode(new SharedRecord.Varies(stored.key(), variant.names()));
        CompletionStage<String> first =
                redis.set(EntryNames.variant(stored.key(), variant), record, lasting(ttlMillis, isPart));
        CompletionStage<String> second = redis.set(
                EntryNames.primary(stored.key()), varies, lasting(Math.max(ttlMillis, VARIES_TTL_MILLIS), isPart));
        return first.thenCombine(second, (one, other) -> "OK");
    }

    private static SetArgs lasting(long ttlMillis, boolean onlyIfAbsent) {
        SetArgs args = SetArgs.Builder.px(ttlMillis);
        return onlyIfAbsent ? args.nx() : args;
    }

    private boolean reserve(long bytes) {
        if (pendingBytes.addAndGet(bytes) <= limits.maxPendingBytes()) {
            return true;
        }
        pendingBytes.addAndGet(-bytes);
        return false;
    }
}
