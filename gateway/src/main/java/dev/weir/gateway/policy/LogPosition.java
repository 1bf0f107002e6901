package dev.weir.gateway.policy;

/**
 * A place in the invalidation log. Order within one run is by {@code seq} alone, never by a clock.
 *
 * @param run names the log's master while it lived; positions of different runs have no order
 * @param seq grows with each entry; 0 stands before the first
 * @param moment the same place in this process's own count of what it has struck, whatever the run; {@link #FOREIGN}
 *     where another process noted the position, or this one before a record of it was read back
 */
public record LogPosition(String run, long seq, long moment) {

    /** No moment of this process. */
    public static final long FOREIGN = -1;

    /** A place as all replicas know it. */
    public LogPosition(String run, long seq) {
        this(run, seq, FOREIGN);
    }

    public boolean isSameRun(LogPosition other) {
        return run.equals(other.run);
    }

    public boolean isForeign() {
        return moment == FOREIGN;
    }

    /** Without what only this process understands. */
    public LogPosition shared() {
        return new LogPosition(run, seq);
    }
}
