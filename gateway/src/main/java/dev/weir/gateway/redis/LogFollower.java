package dev.weir.gateway.redis;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.purge.PurgeLog.ReplicaState;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one loop that keeps this replica up with the log. A step sends {@code sync.lua} and folds the answer; if that
 * moved on, the next step follows at once: it reports what was applied and reads what came meanwhile. Otherwise the loop
 * rests until a wake-up or the heartbeat. One step at a time; wake-ups during a step make one more, however many come.
 *
 * <p>Threads: everything runs on the log's thread but what is marked otherwise. A step in flight holds no thread.
 */
final class LogFollower {

    private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);

    private final Replica replica;
    private final RedisSettings.Isolation isolation;
    private final Link<StatefulRedisConnection<byte[], byte[]>> link;
    private final LogThread thread;
    private final LogFold fold;
    private final Registry registry;
    private final Acknowledgements acknowledgements;
    private boolean stood;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final AtomicBoolean wakeDue = new AtomicBoolean();

    /** For people who read the registry: where to find this replica, and since when. */
    private final String words;

    private boolean underWay;
    private boolean again;
    private boolean closed;
    private long beat;
    private long confirmedNanos;
    private LogPosition end = new LogPosition(Row.NO_RUN, 0);

    LogFollower(
            Replica replica,
            RedisSettings.Isolation isolation,
            Link<StatefulRedisConnection<byte[], byte[]>> link,
            LogThread thread,
            LogFold fold) {
        this.replica = replica;
        this.isolation = isolation;
        this.link = link;
        this.thread = thread;
        this.fold = fold;
        this.registry = new Registry(isolation.maxAge());
        this.acknowledgements = new Acknowledgements(thread.nanoTime());
        this.confirmedNanos = thread.now();
        this.words = replica.address() + ' ' + System.currentTimeMillis();
    }

    /** Any thread, once. Completes when the log has been read to its end for the first time. */
    CompletableFuture<Void> start() {
        long period = isolation.heartbeat().toNanos();
        var unused = thread.executor().scheduleWithFixedDelay(this::step, 0, period, TimeUnit.NANOSECONDS);
        link.open(fresh -> wake());
        return ready;
    }

    /** Any thread: there may be something to read. */
    void wake() {
        if (!wakeDue.getAndSet(true)) {
            onThread(() -> {
                wakeDue.set(false);
                step();
            });
        }
    }

    /** Any thread: a replica reported. */
    void reported() {
        if (!acknowledgements.isEmpty()) {
            wake();
        }
    }

    /** Any thread. Null where too many wait already. */
    Acknowledgements.@Nullable Waiter join(@Nullable LogPosition position) {
        Acknowledgements.Waiter waiter = acknowledgements.join(position);
        wake();
        return waiter;
    }

    /** Any thread. */
    void leave(Acknowledgements.Waiter waiter) {
        acknowledgements.leave(waiter);
    }

    /** Any thread: ends the wait, with what is known by now. */
    CompletableFuture<List<ReplicaState>> known(LogPosition position, Acknowledgements.@Nullable Waiter waiter) {
        if (waiter != null) {
            acknowledgements.leave(waiter);
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    List<ReplicaState> states = registry.unproven(position);
                    return states.isEmpty() ? List.of(itself()) : states;
                },
                thread.executor());
    }

    /** Any thread: gives up the standing and the row. */
    CompletableFuture<Void> leave() {
        fold.end();
        return CompletableFuture.supplyAsync(
                        () -> {
                            closed = true;
                            fold.end();
                            return link.current();
                        },
                        thread.executor())
                .thenCompose(redis -> redis == null
                        ? CompletableFuture.completedFuture(0L)
                        : LogScripts.leave(redis, replica.id()).toCompletableFuture())
                .thenAccept(removed -> LOG.info("Left the registry as {}", replica.id()));
    }

    private ReplicaState itself() {
        return new ReplicaState(replica.id(), ReplicaState.Status.OPEN, new LogPosition(Row.NO_RUN, 0), -1);
    }

    private void step() {
        if (closed) {
            return;
        }
        fold.tick(thread.now(), 2 * isolation.heartbeat().toNanos());
        tellStanding();
        if (underWay) {
            again = true;
            return;
        }
        StatefulRedisConnection<byte[], byte[]> redis = link.current();
        if (redis == null) {
            fold.counts().failed.increment();
            return;
        }
        underWay = true;
        again = false;
        beat++;
        long sentNanos = thread.now();
        sync(redis)
                .whenComplete((answer, failure) -> onThread(() -> {
                    underWay = false;
                    if (failure == null) {
                        answered(redis, answer, sentNanos);
                    } else {
                        failed(redis, failure);
                    }
                }));
    }

    /** People who look at a log want to know when a replica stopped trusting its memory, and when it began again. */
    private void tellStanding() {
        boolean stands = fold.standing().holdsAt(thread.now());
        if (stands == stood) {
            return;
        }
        stood = stands;
        if (stands) {
            LOG.info("Standing: purges are heard of again, stored responses serve by their freshness");
        } else {
            LOG.warn(
                    "No standing: no word from Redis for {}, stored responses older than that are validated before use",
                    isolation.maxAge());
        }
    }

    private CompletionStage<List<Object>> sync(StatefulRedisConnection<byte[], byte[]> redis) {
        try {
            return LogScripts.sync(redis, replica.id(), new Row(fold.run(), fold.cursor(), 0, beat, words));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private void answered(StatefulRedisConnection<byte[], byte[]> redis, List<Object> answer, long sentNanos) {
        if (closed) {
            return;
        }
        SyncAnswer read;
        boolean moved;
        try {
            read = SyncAnswer.of(answer);
            moved = fold.fold(read, sentNanos);
        } catch (RuntimeException notUnderstood) {
            failed(redis, notUnderstood);
            return;
        }
        confirmedNanos = sentNanos;
        fold.counts().confirmed.increment();
        end = new LogPosition(read.run(), StreamId.seq(read.last()));
        if (read.roll().isFirst()) {
            registry.lost();
        }
        registry.update(read.run(), read.roll().rows(), thread.now());
        acknowledgements.check(registry, sentNanos, end);
        forget(redis, sentNanos);
        if (moved || again) {
            step();
        } else {
            ready.complete(null);
        }
    }

    /** The heartbeat tries again; no sooner, or a Redis in trouble would get more work for it. */
    private void failed(StatefulRedisConnection<byte[], byte[]> redis, Throwable failure) {
        fold.counts().failed.increment();
        LOG.debug("Heartbeat not confirmed", failure);
        if (thread.now() - confirmedNanos > isolation.maxAge().toNanos()) {
            link.reset(redis);
        }
    }

    private void forget(StatefulRedisConnection<byte[], byte[]> redis, long sentNanos) {
        Registry.Forgotten row = registry.forgotten(sentNanos);
        if (row != null) {
            LOG.info("Removing replica {} from the registry: silent for long", row.replica());
            LogScripts.forget(redis, row.replica(), row.text()); // the next heartbeat tries again if this fails
        }
    }

    private void onThread(Runnable action) {
        try {
            thread.executor().execute(action);
        } catch (RejectedExecutionException shutDown) {
            LOG.debug("The log's thread has ended");
        }
    }
}
