package dev.weir.gateway.redis;

import dev.weir.gateway.coalesce.Lease;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/** A lease in this replica's hands. It is renewed until it ends, or has lasted for too long; whoever has it must end it. */
final class LeaseHold implements Lease.Hold {

    /** The most that a holder's death costs those who wait. */
    static final Duration LIFE = Duration.ofSeconds(2);

    private static final long RENEWAL_MILLIS = LIFE.toMillis() / 3;

    /**
     * Renewed for so long at most: what takes longer to fetch is not worth holding others up for, and a holder that lost
     * sight of it must not keep it.
     */
    static final Duration LONGEST = Duration.ofMinutes(5);

    /** How long it is remembered that an answer could not be shared. */
    private static final Duration PASSED = Duration.ofMinutes(2);

    private final Link<StatefulRedisConnection<byte[], byte[]>> link;
    private final String name;
    private final String token;
    private final long since = System.nanoTime();
    private final Duration longest;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Disposable renewal;

    LeaseHold(Link<StatefulRedisConnection<byte[], byte[]>> link, String name, String token, Duration longest) {
        this.link = link;
        this.name = name;
        this.token = token;
        this.longest = longest;
        this.renewal = Schedulers.parallel()
                .schedulePeriodically(this::renew, RENEWAL_MILLIS, RENEWAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void renew() {
        if (System.nanoTime() - since > longest.toNanos()) {
            renewal.dispose();
            return;
        }
        StatefulRedisConnection<byte[], byte[]> redis = link.current();
        if (redis != null) {
            LeaseScripts.unattended(() -> LeaseScripts.renew(redis, name, token, LIFE));
        }
    }

    @Override
    public void end(Lease.Ending ending) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        renewal.dispose();
        StatefulRedisConnection<byte[], byte[]> redis = link.current();
        if (redis != null) {
            Duration passed = ending == Lease.Ending.NOT_SHAREABLE ? PASSED : Duration.ZERO;
            LeaseScripts.unattended(() -> LeaseScripts.end(redis, name, token, passed));
        }
    }
}
