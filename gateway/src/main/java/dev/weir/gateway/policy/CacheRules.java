package dev.weir.gateway.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * What a route lays down for caching; the response's own fields rule by default.
 *
 * @param enabled false: nothing is looked up or stored
 * @param ttl a freshness lifetime in place of the response's own, where given
 * @param maxObjectBytes a larger response is not stored
 * @param stale how long past its freshness a stored response may serve
 */
public record CacheRules(boolean enabled, Optional<Duration> ttl, long maxObjectBytes, Stale stale) {

    public static final CacheRules DEFAULT =
            new CacheRules(true, Optional.empty(), 16L << 20, new Stale(Duration.ofHours(1)));

    /**
     * The bounds on staleness.
     *
     * @param ifUnreachable bound on serving stale while the origin can't be reached (RFC 9111 §4.2.4) where the response
     *     does not say; zero: never
     */
    public record Stale(Duration ifUnreachable) {}

    /** Names these rules in stored responses: a change of rules makes what was stored under others a miss. */
    public String hash() {
        return Long.toHexString(new Selector(Selector.Kind.TAG, toString()).hash());
    }
}
