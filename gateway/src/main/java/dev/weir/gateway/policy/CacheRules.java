package dev.weir.gateway.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a route lays down for caching; the response's own fields rule by default.
 *
 * @param enabled false: nothing is looked up or stored
 * @param ttl a freshness lifetime in place of the response's own, where given
 * @param maxObjectBytes a larger response is not stored
 * @param stale how long past its freshness a stored response may serve
 * @param heuristic the freshness of responses that state none
 * @param targets names of the targeted fields to obey, the first of them that is valid wins (RFC 9213 §2.2)
 * @param obeyClient whether the request's Cache-Control and Pragma count (RFC 9111 §5.2.1 lets a cache choose)
 * @param hash names these rules in stored responses: a change of rules makes what was stored under others a miss;
 *     worked out from the rest, whatever is given, since each look-up compares it
 */
public record CacheRules(
        boolean enabled,
        Optional<Duration> ttl,
        long maxObjectBytes,
        Stale stale,
        Heuristic heuristic,
        List<String> targets,
        boolean obeyClient,
        String hash) {

    /** The targeted fields that Weir obeys unless told otherwise: its own, then the one for any CDN. */
    public static final List<String> DEFAULT_TARGETS = List.of("Weir-Cache-Control", "CDN-Cache-Control");

    public static final CacheRules DEFAULT =
            new CacheRules(true, Optional.empty(), 16L << 20, new Stale(Duration.ofHours(1)));

    public CacheRules {
        targets = List.copyOf(targets);
        hash = hash(List.of(enabled, ttl, maxObjectBytes, stale, heuristic, targets, obeyClient));
    }

    /** Rules with the defaults for all else. */
    public CacheRules(boolean enabled, Optional<Duration> ttl, long maxObjectBytes, Stale stale) {
        this(enabled, ttl, maxObjectBytes, stale, Heuristic.DEFAULT, DEFAULT_TARGETS, true, "");
    }

    /**
     * The bounds on staleness.
     *
     * @param ifUnreachable bound on serving stale while the origin can't be reached (RFC 9111 §4.2.4) where the response
     *     does not say; zero: never
     */
    public record Stale(Duration ifUnreachable) {}

    /**
     * Heuristic freshness (RFC 9111 §4.2.2): a share of the time since the last modification.
     *
     * @param percent of Date − Last-Modified; 0: no heuristic
     * @param cap the longest such lifetime
     */
    public record Heuristic(int percent, Duration cap) {
        public static final Heuristic DEFAULT = new Heuristic(10, Duration.ofDays(1));
        public static final Heuristic NONE = new Heuristic(0, Duration.ZERO);
    }

    public CacheRules withTtl(Duration other) {
        return new CacheRules(enabled, Optional.of(other), maxObjectBytes, stale, heuristic, targets, obeyClient, hash);
    }

    public CacheRules withStale(Stale other) {
        return new CacheRules(enabled, ttl, maxObjectBytes, other, heuristic, targets, obeyClient, hash);
    }

    public CacheRules withHeuristic(Heuristic other) {
        return new CacheRules(enabled, ttl, maxObjectBytes, stale, other, targets, obeyClient, hash);
    }

    public CacheRules withTargets(List<String> other) {
        return new CacheRules(enabled, ttl, maxObjectBytes, stale, heuristic, other, obeyClient, hash);
    }

    public CacheRules withObeyClient(boolean other) {
        return new CacheRules(enabled, ttl, maxObjectBytes, stale, heuristic, targets, other, hash);
    }

    private static String hash(List<Object> settings) {
        return Long.toHexString(new Selector(Selector.Kind.TAG, settings.toString()).hash());
    }
}
