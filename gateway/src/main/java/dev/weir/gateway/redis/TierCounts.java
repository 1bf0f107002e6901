package dev.weir.gateway.redis;

import java.util.concurrent.atomic.LongAdder;

/** What the shared tier has done so far in this process; all only grow. */
public final class TierCounts {

    final LongAdder lookups = new LongAdder();
    final LongAdder hits = new LongAdder();
    final LongAdder overBudget = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder notTried = new LongAdder();
    final LongAdder unreadable = new LongAdder();
    final LongAdder writes = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder tooLarge = new LongAdder();

    TierCounts() {}

    public long lookups() {
        return lookups.sum();
    }

    public long hits() {
        return hits.sum();
    }

    /** Look-ups given up because their time was spent. */
    public long overBudget() {
        return overBudget.sum();
    }

    /** Look-ups and writes that failed in any other way. */
    public long failures() {
        return failures.sum();
    }

    /** Look-ups answered without asking: no standing, Redis away, breaker open, or too many at once. */
    public long notTried() {
        return notTried.sum();
    }

    /** Records that were damaged or belonged to another key. */
    public long unreadable() {
        return unreadable.sum();
    }

    /** Responses written and confirmed. */
    public long writes() {
        return writes.sum();
    }

    /** Responses not written, or not known to be. */
    public long dropped() {
        return dropped.sum();
    }

    public long tooLarge() {
        return tooLarge.sum();
    }
}
