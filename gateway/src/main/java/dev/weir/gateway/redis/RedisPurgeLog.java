package dev.weir.gateway.redis;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.Purge;
import dev.weir.gateway.purge.PurgeLog;
import dev.weir.gateway.purge.Standing;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The log of purges as a Redis stream, followed by this replica. Pub/sub only says when to look; what is lost of it the
 * next heartbeat makes up for.
 *
 * <p>Answers come on Reactor's parallel scheduler, never on the log's own thread: whoever gets one may take its time.
 */
public final class RedisPurgeLog implements PurgeLog, AutoCloseable {

    /** Purges being written at once. One of 10,000 selectors takes a megabyte. */
    private static final int MAX_RECORDING = 32;

    private static final String NAME = "weir-purge-log";
    private static final int MAX_ENTRY_BYTES = 4 << 20;
    private static final Duration GOODBYE = Duration.ofMillis(500);

    private final RedisSettings settings;
    private final Links links;
    private final LogFold fold;
    private final LogFollower follower;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Semaphore recording = new Semaphore(MAX_RECORDING);
    private final ScheduledExecutorService thread;
    private final Scheduler onThread;

    /** Where the log is written and read, and where word of it comes from. */
    record Links(
            Link<StatefulRedisConnection<byte[], byte[]>> log,
            Link<StatefulRedisPubSubConnection<byte[], byte[]>> channels) {}

    /** The log on that Redis, followed on a thread of its own. */
    public RedisPurgeLog(
            RedisSettings settings, RedisConnections connections, Generations generations, Replica replica) {
        this(
                settings,
                new Links(connections.log(), connections.channels()),
                generations,
                replica,
                new LogThread(Executors.newSingleThreadScheduledExecutor(RedisPurgeLog::named), System::nanoTime));
    }

    RedisPurgeLog(RedisSettings settings, Links links, Generations generations, Replica replica, LogThread logThread) {
        this.settings = settings;
        this.links = links;
        this.thread = logThread.executor();
        this.onThread = Schedulers.fromExecutorService(thread, NAME);
        this.fold = new LogFold(generations, settings.isolation().maxAge());
        this.follower = new LogFollower(replica, settings.isolation(), links.log(), logThread, fold);
    }

    private static Thread named(Runnable task) {
        Thread logThread = new Thread(task, NAME);
        logThread.setDaemon(true);
        return logThread;
    }

    /**
     * Starts following; to be called once. Returns at once, also while Redis is away: it is joined when it comes.
     *
     * @return completes when this replica is registered and has read the log to its end: it then has standing
     */
    public Mono<Void> start() {
        CompletableFuture<Void> ready = follower.start();
        links.channels().open(this::listen);
        return Mono.fromFuture(ready, true).publishOn(Schedulers.parallel());
    }

    public LogCounts counts() {
        return fold.counts();
    }

    @Override
    public Mono<LogPosition> record(Purge purge) {
        return Mono.defer(() -> {
            if (!recording.tryAcquire()) {
                return Mono.<LogPosition>error(new NotRecordedException("too many purges at once"));
            }
            return Mono.fromCallable(() -> PurgeCodec.encode(purge))
                    .subscribeOn(onThread)
                    .flatMap(entry -> write(purge, entry))
                    .timeout(settings.connecting().commandTimeout())
                    .onErrorMap(RedisPurgeLog::notRecorded)
                    .doOnError(failure -> counts().notRecorded.increment())
                    .publishOn(Schedulers.parallel())
                    .doFinally(end -> recording.release());
        });
    }

    @Override
    public Mono<List<ReplicaState>> awaitApplied(LogPosition position, Duration atMost) {
        return Mono.defer(() -> {
            Acknowledgements.Waiter waiter = follower.join(position);
            Mono<List<ReplicaState>> known = Mono.defer(() -> Mono.fromFuture(follower.known(position, waiter)));
            if (waiter == null) {
                return known;
            }
            return Mono.fromFuture(waiter.answer(), true)
                    .timeout(atMost, known)
                    .publishOn(Schedulers.parallel())
                    .doOnCancel(() -> follower.leave(waiter));
        });
    }

    @Override
    public Mono<List<ReplicaState>> replicas() {
        return Mono.defer(() -> {
            Acknowledgements.Waiter waiter = follower.join(null);
            return waiter == null
                    ? Mono.<List<ReplicaState>>error(new NotRecordedException("too many wait for the registry"))
                    : Mono.fromFuture(waiter.answer(), true)
                            .timeout(settings.connecting().commandTimeout())
                            .onErrorMap(RedisPurgeLog::notRecorded)
                            .publishOn(Schedulers.parallel())
                            .doFinally(end -> follower.leave(waiter));
        });
    }

    @Override
    public Standing standing() {
        return fold.standing();
    }

    /** Gives up standing and registration and ends the thread. Waits for Redis for half a second at most. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        follower.leave()
                .orTimeout(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(silent -> null)
                .join();
        thread.shutdownNow();
        onThread.dispose();
    }

    private void listen(StatefulRedisPubSubConnection<byte[], byte[]> channels) {
        channels.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(byte[] channel, byte[] nothing) {
                if (Arrays.equals(channel, LogScripts.WAKE)) {
                    follower.wake();
                } else {
                    follower.reported();
                }
            }
        });
        var unused = channels.async().subscribe(LogScripts.WAKE, LogScripts.APPLIED);
    }

    private Mono<LogPosition> write(Purge purge, byte[] entry) {
        StatefulRedisConnection<byte[], byte[]> redis = links.log().current();
        if (redis == null) {
            return Mono.error(new NotRecordedException("the log's Redis is away"));
        }
        if (entry.length > MAX_ENTRY_BYTES) {
            return Mono.error(new NotRecordedException(
                    "purge of " + entry.length + " bytes (expected: at most " + MAX_ENTRY_BYTES + ')'));
        }
        return Mono.fromCompletionStage(LogScripts.record(redis, purge.id(), entry, PurgeCodec.digest(purge)))
                .map(answer -> place(purge, answer))
                .doOnNext(recorded -> follower.wake());
    }

    private static LogPosition place(Purge purge, List<Object> answer) {
        if (answer.size() == 1) {
            throw new IdTakenException(purge.id());
        }
        return new LogPosition(SyncAnswer.text(answer.get(0)), StreamId.seq(SyncAnswer.text(answer.get(1))));
    }

    /** Whether it was written is not known then; the same id may be sent again without harm. */
    private static Throwable notRecorded(Throwable failure) {
        return failure instanceof NotRecordedException || failure instanceof IdTakenException
                ? failure
                : new NotRecordedException(failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }
}
