package dev.weir.gateway.redis;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.Purge;
import dev.weir.gateway.purge.PurgeLog.ReplicaState;
import dev.weir.gateway.redis.RedisSettings.Connecting;
import dev.weir.gateway.redis.RedisSettings.Isolation;
import dev.weir.gateway.redis.RedisSettings.Lookups;
import dev.weir.gateway.redis.RedisSettings.Writes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One replica's log with a short isolation, as tests want it. */
final class Follower implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Generations generations = new Generations(new LogPosition("", 0));
    final RedisConnections connections;
    final RedisPurgeLog log;
    private @Nullable Mono<Void> ready;
    private boolean closed;

    private Follower(String id, RedisSettings settings) {
        this.connections = new RedisConnections(settings);
        this.log = new RedisPurgeLog(settings, connections, generations, new Replica(id, "127.0.0.1:9080"));
    }

    static Follower of(String id, String uri) {
        return new Follower(id, settings(uri));
    }

    /** 600 ms of standing; a look-up budget that a busy machine keeps too. */
    static RedisSettings settings(String uri) {
        return new RedisSettings(
                uri,
                new Connecting(Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofMillis(200)),
                new Lookups(Duration.ofMillis(400), 64, 5, Duration.ofMillis(200)),
                Writes.DEFAULT,
                new Isolation(Duration.ofMillis(600), Duration.ofMillis(100)));
    }

    void startOnly() {
        ready = log.start();
    }

    void awaitReady() {
        if (ready != null) {
            ready.block(PATIENCE);
        }
    }

    boolean holds() {
        return log.standing().holdsAt(System.nanoTime());
    }

    LogPosition record(Purge purge) {
        LogPosition position = log.record(purge).block(PATIENCE);
        if (position == null) {
            throw new AssertionError("recorded without a position");
        }
        return position;
    }

    List<ReplicaState> awaitApplied(LogPosition position, Duration atMost) {
        List<ReplicaState> states = log.awaitApplied(position, atMost).block(PATIENCE.plus(atMost));
        return states == null ? List.of() : states;
    }

    /** As a killed process would: connections end, the row stays. */
    void vanish() {
        connections.close();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            log.close();
            connections.close();
        }
    }

    /** For states that no event tells of. */
    static void eventually(BooleanSupplier condition) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - giveUp > 0) {
                throw new AssertionError("still not so after " + PATIENCE);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
