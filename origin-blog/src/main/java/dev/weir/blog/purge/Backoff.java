package dev.weir.blog.purge;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next attempt: doubling from {@code first} to {@code longest}, of which the upper half is
 * left to chance, so that origins that failed together do not come back together.
 *
 * @param longestAsked most that a gateway's Retry-After may ask for
 * @param random uniform in [0, 1)
 */
record Backoff(Duration first, Duration longest, Duration longestAsked, DoubleSupplier random) {
    private static final int MOST_DOUBLINGS = 20;

    /**
     * @param failures attempts that came before, less one: 0 after the first
     * @param asked the gateway's Retry-After, a lower bound of the result up to {@code longestAsked}; null for none
     */
    Duration pause(long failures, @Nullable Duration asked) {
        Duration doubled = first.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        Duration own = jittered(doubled.compareTo(longest) < 0 ? doubled : longest);
        if (asked == null) {
            return own;
        }
        Duration bounded = asked.compareTo(longestAsked) < 0 ? asked : longestAsked;
        return bounded.plus(own);
    }

    private Duration jittered(Duration full) {
        double share = 0.5 + random.getAsDouble() / 2;
        return Duration.ofNanos((long) (full.toNanos() * share));
    }
}
