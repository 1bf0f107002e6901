package dev.weir.gateway.redis;

import dev.weir.gateway.purge.Standing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When which moment of this process began, for as long as that matters: what was fetched less than {@code maxAge} ago may
 * be used without standing, because {@link Registry} keeps the answer to a purge back for as long from a replica that does
 * not report. The log's thread alone.
 */
final class Recents {

    /** One of the two ends must be sooner than a row is forgotten, whatever the drift of clocks. */
    private static final int REGISTERED_FOR = Registry.FORGOTTEN_AFTER - 1;

    private record Tick(long moment, long nanos) {}

    private final long maxAgeNanos;
    private final Deque<Tick> ticks = new ArrayDeque<>();
    private long confirmedNanos;
    private boolean registered;

    Recents(Duration maxAge) {
        this.maxAgeNanos = maxAge.toNanos();
    }

    /** A heartbeat sent then was answered: this replica's row stands in the registry, changed. */
    void confirmed(long sentNanos) {
        confirmedNanos = sentNanos;
        registered = true;
    }

    /** Purges have been missed: what began before now may be struck by one of them. */
    void forget() {
        ticks.clear();
    }

    /** That moment begins now. */
    void tick(long moment, long nanos) {
        ticks.addLast(new Tick(moment, nanos));
        while (ticks.size() > 1 && nanos - ticks.getFirst().nanos() > maxAgeNanos) {
            ticks.removeFirst();
        }
    }

    /**
     * What may be used for so long at least.
     *
     * @param renewedNanos after which there will be a later answer
     */
    Standing.Recent until(long nanos, long renewedNanos) {
        for (Tick tick : ticks) {
            long end = tick.nanos() + maxAgeNanos;
            if (end - (nanos + renewedNanos) >= 0) {
                long registeredUntil = registered ? confirmedNanos + REGISTERED_FOR * maxAgeNanos : nanos;
                return new Standing.Recent(tick.moment(), end, registeredUntil);
            }
        }
        return Standing.Recent.NONE;
    }
}
