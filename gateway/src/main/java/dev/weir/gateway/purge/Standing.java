package dev.weir.gateway.purge;

import dev.weir.gateway.policy.LogPosition;

/**
 * May this replica trust its memory? A snapshot of the lease to serve: it holds until {@code untilNanos}, compared with a
 * fresh {@link System#nanoTime} at each request, so that a process that was paused finds out before it serves.
 *
 * @param run the log's master as last confirmed; entries of another run are validated before use
 * @param firstRetained the oldest seq the log still has; entries fetched before it missed purges that are gone
 * @param untilNanos monotonic end of the standing
 */
public record Standing(String run, long firstRetained, long untilNanos) {

    /** A process without a shared log always knows all purges: they are its own. */
    public static Standing unending(String run) {
        return new Standing(run, 0, Long.MAX_VALUE);
    }

    public boolean holdsAt(long nanoTime) {
        return untilNanos == Long.MAX_VALUE || untilNanos - nanoTime > 0;
    }

    /**
     * Whether purges since that position were trimmed off the log before they were read here. One of them may have been
     * hard, so such a response must not even be validated.
     */
    public boolean mayHaveMissed(LogPosition position) {
        return position.run().equals(run) && position.seq() < firstRetained;
    }

    /** Whether all purges since that position are known here. */
    public boolean covers(LogPosition position) {
        return position.run().equals(run) && position.seq() >= firstRetained;
    }
}
