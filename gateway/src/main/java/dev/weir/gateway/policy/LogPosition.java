package dev.weir.gateway.policy;

/**
 * A place in the invalidation log. Order within one run is by {@code seq} alone, never by a clock.
 *
 * @param run names the log's master while it lived; positions of different runs have no order
 * @param seq grows with each entry; 0 stands before the first
 */
public record LogPosition(String run, long seq) {

    public boolean isSameRun(LogPosition other) {
        return run.equals(other.run);
    }
}
