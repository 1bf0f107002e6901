package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Lease;
import dev.weir.gateway.origin.OriginFailure;
import dev.weir.gateway.store.Markers;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the last fetches taught about those to come: whose answer can't be shared (hit-for-miss), so that nobody waits for
 * another's; and which pages' origin could not be reached a moment ago, so that one herd after another does not find that out anew.
 */
final class FetchNotes {

    private static final long MOST = 10_000;

    /** After this sharing is tried again: the origin may have changed its mind. */
    private static final Duration NOT_SHAREABLE = Duration.ofMinutes(2);

    private static final long FAILED_MILLIS = 1000;

    private final Markers<FlightKey, String> notShareable;
    private final Markers<FlightKey, OriginFailure> failed;
    private final CoalesceCounts counts = new CoalesceCounts();
    private final Lease lease;

    FetchNotes(Lease lease) {
        this(lease, System::nanoTime);
    }

    /** The same by another clock, which counts ns from anywhere. */
    FetchNotes(Lease lease, LongSupplier clock) {
        this.lease = lease;
        this.notShareable = new Markers<>(MOST, clock);
        this.failed = new Markers<>(MOST, clock);
    }

    CoalesceCounts counts() {
        return counts;
    }

    boolean isNotShareable(FlightKey key) {
        return notShareable.get(key.anywhere()) != null;
    }

    /** Its answer was for one client alone, for that reason. */
    void notShareable(FlightKey key, String reason) {
        notShareable.set(key.anywhere(), reason, NOT_SHAREABLE);
    }

    /** Its answer can be shared after all. */
    void shareable(FlightKey key) {
        if (notShareable.clear(key.anywhere())) {
            lease.clear(LeaseName.of(key));
        }
    }

    /** Why it failed a moment ago; null where it did not. */
    @Nullable OriginFailure failedLately(FlightKey key) {
        return failed.get(key.anywhere());
    }

    /** It failed. For half to one and a half times as long as others fail too, so that they don't all return at once. */
    void failed(FlightKey key, OriginFailure failure) {
        if (failure.kind().isOfWholeOrigin()) { // the others are what one client's fields may have provoked
            long jittered = FAILED_MILLIS / 2 + ThreadLocalRandom.current().nextLong(FAILED_MILLIS + 1);
            failed.set(key.anywhere(), failure, Duration.ofMillis(jittered));
        }
    }
}
