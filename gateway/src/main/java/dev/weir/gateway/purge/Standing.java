package dev.weir.gateway.purge;

import dev.weir.gateway.policy.LogPosition;

/**
 * May this replica trust its memory? A snapshot of the lease to serve: it holds until {@code untilNanos}, compared with a
 * fresh {@link System#nanoTime} at each request, so that a process that was paused finds out before it serves.
 *
 * @param run the log's master as last confirmed; entries of another run are validated before use
 * @param firstRetained the oldest seq the log still has; entries fetched before it missed purges that are gone
 * @param untilNanos monotonic end of the standing
 * @param recent what may be used without standing
 */
public record Standing(String run, long firstRetained, long untilNanos, Recent recent) {

    /**
     * What was asked of the origin so short a while ago that every purge that was answered in the meantime is older: its
     * answer waited for as long, since this replica did not report.
     *
     * @param moment of this process ({@link LogPosition#moment}) from which on a fetch counts as recent
     * @param untilNanos monotonic end of that; the snapshot is renewed well before
     * @param registeredUntilNanos monotonic time up to which purges certainly wait for this replica
     */
    public record Recent(long moment, long untilNanos, long registeredUntilNanos) {

        /** Nothing. */
        public static final Recent NONE = new Recent(Long.MAX_VALUE, 0, 0);

        private boolean isMoment(long fetched, long nanoTime) {
            return fetched >= moment && moment != Long.MAX_VALUE && untilNanos - nanoTime > 0;
        }
    }

    private static final long ALWAYS = Long.MAX_VALUE;
    private static final long NEVER = Long.MIN_VALUE;

    /** Standing with nothing to fall back on when it ends. */
    public Standing(String run, long firstRetained, long untilNanos) {
        this(run, firstRetained, untilNanos, Recent.NONE);
    }

    /** A process without a shared log always knows all purges: they are its own. */
    public static Standing unending(String run) {
        return new Standing(run, 0, ALWAYS);
    }

    /** Of a replica that knows nothing of any log. */
    public static Standing none() {
        return new Standing("-", Long.MAX_VALUE, NEVER);
    }

    public Standing with(Recent next) {
        return new Standing(run, firstRetained, untilNanos, next);
    }

    public boolean holdsAt(long nanoTime) {
        return untilNanos == ALWAYS || (untilNanos != NEVER && untilNanos - nanoTime > 0);
    }

    /**
     * Whether purges since that position were trimmed off the log before they were read here. One of them may have been
     * hard, so such a response must not even be validated.
     */
    public boolean mayHaveMissed(LogPosition position) {
        return position.run().equals(run) && position.seq() < firstRetained;
    }

    /** Whether all purges since that position are known here, or are not answered yet. */
    boolean vouchesFor(LogPosition fetched, long nanoTime) {
        if (holdsAt(nanoTime)) {
            return covers(fetched);
        }
        return !fetched.isForeign()
                && recent.isMoment(fetched.moment(), nanoTime)
                && recent.registeredUntilNanos() - nanoTime > 0;
    }

    /** Whether one who asks now may have what is being fetched since that moment, as far as unheard purges go. */
    public boolean mayShare(long moment, long nanoTime) {
        return holdsAt(nanoTime) || recent.isMoment(moment, nanoTime);
    }

    /** Whether all purges since that position are known here while this holds. */
    public boolean covers(LogPosition position) {
        return position.run().equals(run) && position.seq() >= firstRetained;
    }
}
