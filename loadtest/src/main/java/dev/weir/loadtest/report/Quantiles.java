package dev.weir.loadtest.report;

import java.util.Arrays;
import java.util.Collection;

/** Exact quantiles of few enough values to keep them all. */
public final class Quantiles {
    private final long[] sorted;

    private Quantiles(long[] sorted) {
        this.sorted = sorted;
    }

    /** Of those values, in whatever order. */
    public static Quantiles of(Collection<Long> values) {
        return of(values.stream().mapToLong(Long::longValue).toArray());
    }

    static Quantiles of(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Quantiles(sorted);
    }

    /** The smallest value that at least this share of all do not exceed (nearest rank); 0 without any values. */
    public long at(double share) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1];
    }

    /** The middle one; of an even number the lower of the two. */
    public long median() {
        return at(0.5);
    }

    /** The largest; 0 without any. */
    public long max() {
        return at(1);
    }

    /** How many values there are. */
    public int count() {
        return sorted.length;
    }
}
