package dev.weir.gateway.route;

import java.time.Duration;

/**
 * How a route's requests share fetches.
 *
 * @param enabled false: each request that the cache can't answer fetches for itself
 * @param maxWaiters at most so many wait for, or read from, one fetch in this replica; further ones are turned away
 * @param longestWait the longest that a request waits for the head of a fetch that another one began; then it joins a
 *     second one, and after that fetches for itself. Word of another replica is waited for half as long.
 * @param firstByteBudget how long a fetch may be without a head before a second one is tried
 */
public record Coalescing(boolean enabled, int maxWaiters, Duration longestWait, Duration firstByteBudget) {

    public static final Coalescing DEFAULT =
            new Coalescing(true, 20_000, Duration.ofSeconds(20), Duration.ofSeconds(8));

    /** The longest that this replica waits for another one's fetch. */
    public Duration waitForOthers() {
        return longestWait.dividedBy(2);
    }
}
