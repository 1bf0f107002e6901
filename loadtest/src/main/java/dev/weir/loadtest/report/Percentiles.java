package dev.weir.loadtest.report;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Latencies in microseconds: half, 90 and 99 of a hundred were at most this, and the slowest. All 0 without any. */
public record Percentiles(long p50, long p90, long p99, long max) {
    static Percentiles of(Histogram micros) {
        return new Percentiles(
                micros.getValueAtPercentile(50),
                micros.getValueAtPercentile(90),
                micros.getValueAtPercentile(99),
                micros.getMaxValue());
    }

    String inWords() {
        return "p50 %s   p90 %s   p99 %s   max %s".formatted(time(p50), time(p90), time(p99), time(max));
    }

    /** Three digits that mean something, in the unit a reader would choose. */
    static String time(long micros) {
        if (micros < 1_000) {
            return micros + " µs";
        }
        if (micros < 1_000_000) {
            return digits(micros / 1_000.0) + " ms";
        }
        return digits(micros / 1_000_000.0) + " s";
    }

    private static String digits(double value) {
        int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
