package dev.weir.gateway.flow;

import java.util.concurrent.atomic.LongAdder;

/** How sharing fetches has gone so far in this process; all only grow. */
public final class CoalesceCounts {

    final LongAdder joined = new LongAdder();
    final LongAdder turnedAway = new LongAdder();
    final LongAdder impatient = new LongAdder();
    final LongAdder notShareable = new LongAdder();
    final LongAdder failedLately = new LongAdder();
    final LongAdder leases = new LongAdder();
    final LongAdder waitsForOthers = new LongAdder();
    final LongAdder waitsInVain = new LongAdder();
    final LongAdder lingered = new LongAdder();
    final LongAdder outgrown = new LongAdder();

    CoalesceCounts() {}

    /** Requests that joined a fetch which another one began. */
    public long joined() {
        return joined.sum();
    }

    /** Requests answered 503 because a fetch had as many waiters as it may have. */
    public long turnedAway() {
        return turnedAway.sum();
    }

    /** Waits for another's fetch that took as long as they may; a request can have two of them. */
    public long impatient() {
        return impatient.sum();
    }

    /** Requests that did not wait for others, since the last answer could not be shared. */
    public long notShareable() {
        return notShareable.sum();
    }

    /** Requests answered by a failure of a moment ago. */
    public long failedLately() {
        return failedLately.sum();
    }

    /** Leases taken: fetches made for all replicas. */
    public long leases() {
        return leases.sum();
    }

    /** Fetches that waited for another replica's. */
    public long waitsForOthers() {
        return waitsForOthers.sum();
    }

    /** Waits for another replica that brought nothing. */
    public long waitsInVain() {
        return waitsInVain.sum();
    }

    /** Fetches given up because all who wanted them had left. */
    public long lingered() {
        return lingered.sum();
    }

    /** Bodies that turned out, midway, to be more than may be stored, by themselves or with the others under way. */
    public long outgrown() {
        return outgrown.sum();
    }
}
