package dev.weir.loadtest.report;

import java.time.Duration;

/**
 * What a browse did.
 *
 * @param originRequests during the browse, by the origins' own count; {@link #UNKNOWN} if nobody was asked
 */
public record BrowseResult(Found found, Counts counts, long originRequests, Duration took) {
    public static final long UNKNOWN = -1;

    /** The crawl before it: paths found, and what finding them cost. */
    public record Found(int paths, Counts counts, long originRequests) {}

    public double requestsPerSecond() {
        return counts.totals().requests() * 1e9 / Math.max(1, took.toNanos());
    }

    public boolean isGood() {
        return counts.totals().failed() == 0 && found.counts().totals().failed() == 0;
    }
}
