package dev.weir.gateway.redis;

import java.util.concurrent.atomic.LongAdder;

/** What following the log has come to so far in this process; all only grow. */
public final class LogCounts {

    final LongAdder applied = new LongAdder();
    final LongAdder confirmed = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder runs = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder notRecorded = new LongAdder();

    LogCounts() {}

    /** Entries folded in. */
    public long applied() {
        return applied.sum();
    }

    /** Heartbeats confirmed by the log's master. */
    public long heartbeats() {
        return confirmed.sum();
    }

    /** Heartbeats not confirmed, those not sent because Redis was away included. */
    public long heartbeatFailures() {
        return failed.sum();
    }

    /** How often the log turned out to be another: the first one, after a failover, a restart or a loss. */
    public long runs() {
        return runs.sum();
    }

    /** How often entries were trimmed off the log before they were read here. */
    public long gaps() {
        return gaps.sum();
    }

    /** Purges that could not be recorded. */
    public long notRecorded() {
        return notRecorded.sum();
    }
}
