package dev.weir.gateway.wiring;

import dev.weir.gateway.coalesce.Lease;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.observe.Meters;
import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Vary;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.LocalPurgeLog;
import dev.weir.gateway.purge.PurgeLog;
import dev.weir.gateway.redis.LogCounts;
import dev.weir.gateway.redis.RedisConnections;
import dev.weir.gateway.redis.RedisLease;
import dev.weir.gateway.redis.RedisPurgeLog;
import dev.weir.gateway.redis.RedisSettings;
import dev.weir.gateway.redis.RedisTier;
import dev.weir.gateway.redis.Replica;
import dev.weir.gateway.redis.TierCounts;
import dev.weir.gateway.store.NoSharedTier;
import dev.weir.gateway.store.SharedTier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** What replicas share, in one of two forms: by Redis, or by nobody. Owns the connections. */
final class Sharing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sharing.class);

    /** How long readiness waits for Redis. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Generations generations;
    private final PurgeLog log;
    private final SharedTier tier;
    private final Lease lease;
    private final AtomicBoolean ready = new AtomicBoolean();

    /** What has to be closed, in this order. */
    private final List<AutoCloseable> owned = new ArrayList<>();

    private Sharing(Generations generations, PurgeLog log, SharedTier tier, Lease lease) {
        this.generations = generations;
        this.log = log;
        this.tier = tier;
        this.lease = lease;
    }

    /** Publishes what the tier and the log count; nothing for a gateway that runs alone. */
    void publish(Meters meters) {
        meters.level("weir.standing", "1 while this replica may rely on what it knows of purges", log, Sharing::stands);
        if (tier instanceof RedisTier redis) {
            TierCounts counts = redis.counts();
            meters.counting("weir.redis.lookups", "Look-ups in Redis", counts, TierCounts::lookups);
            meters.counting("weir.redis.hits", "Look-ups that found a response", counts, TierCounts::hits);
            meters.counting("weir.redis.over.budget", "Look-ups given up on", counts, TierCounts::overBudget);
            meters.counting(
                    "weir.redis.not.tried", "Look-ups spared while Redis is away", counts, TierCounts::notTried);
            meters.counting("weir.redis.failures", "Look-ups and writes that failed", counts, TierCounts::failures);
            meters.counting("weir.redis.writes", "Responses written to Redis", counts, TierCounts::writes);
            meters.level("weir.redis.resting", "1 while look-ups are spared", redis, Sharing::rests);
            meters.counting("weir.redis.dropped", "Writes dropped: too many under way", counts, TierCounts::dropped);
        }
        if (lease instanceof RedisLease leases) {
            meters.level(
                    "weir.coalesce.waiting", "Fetches that wait for another replica's", leases, RedisLease::waiting);
        }
        if (log instanceof RedisPurgeLog redis) {
            LogCounts counts = redis.counts();
            meters.counting("weir.purges.applied", "Entries of the log applied", counts, LogCounts::applied);
            meters.counting("weir.heartbeats", "Heartbeats confirmed", counts, LogCounts::heartbeats);
            meters.counting("weir.heartbeats.failed", "Heartbeats missed", counts, LogCounts::heartbeatFailures);
        }
    }

    private static double stands(PurgeLog log) {
        return log.standing().holdsAt(System.nanoTime()) ? 1 : 0;
    }

    private static double rests(RedisTier tier) {
        return tier.isResting() ? 1 : 0;
    }

    static Sharing alone(String replica) {
        Generations generations = new Generations(LocalPurgeLog.start());
        Sharing sharing =
                new Sharing(generations, new LocalPurgeLog(replica, generations), new NoSharedTier(), Lease.alone());
        sharing.ready.set(true);
        return sharing;
    }

    /** By that Redis; returns at once, whether or not it is there. */
    static Sharing by(RedisSettings settings, Replica replica) {
        RedisConnections connections = new RedisConnections(settings);
        Generations generations = new Generations(new LogPosition("", 0));
        RedisPurgeLog log = new RedisPurgeLog(settings, connections, generations, replica);
        RedisTier tier = new RedisTier(
                settings,
                connections,
                (names, upstream) -> Vary.of(Headers.of("vary", String.join(", ", names)), upstream),
                log::standing);
        Sharing sharing = new Sharing(generations, log, tier, new RedisLease(settings, connections, replica));
        // A replica that has not heard of the purges so far is not ready; one whose Redis stays away serves all the
        // same,
        // only without relying on its memory.
        Disposable start = log.start()
                .then(Mono.defer(() -> WarmUp.of(tier, Instant.now())))
                .timeout(PATIENCE)
                .doFinally(end -> sharing.ready.set(true))
                .subscribe(
                        done -> {},
                        late -> LOG.warn(
                                "Redis has not let this replica in for {} s: serving without it, and validating what is"
                                        + " stored before each use until it does",
                                PATIENCE.toSeconds()),
                        () -> LOG.info("In the log of purges as {}", replica.id()));
        sharing.owned.add(start::dispose);
        sharing.owned.add(tier);
        sharing.owned.add(log);
        sharing.owned.add(connections);
        return sharing;
    }

    Generations generations() {
        return generations;
    }

    PurgeLog log() {
        return log;
    }

    SharedTier tier() {
        return tier;
    }

    Lease lease() {
        return lease;
    }

    /** Whether this replica knows the purges so far, or has waited long enough for them. */
    boolean isReady() {
        return ready.get();
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : owned) {
            each.close();
        }
    }
}
