package dev.weir.gateway.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a route lays down for caching; the response's own fields rule by default.
 *
 * @param enabled false: nothing is looked up or stored
 * @param ttl a freshness lifetime in place of the response's own, where given; for 2xx and 3xx alone, and never a licence
 *     to share what was fetched with cookies or credentials
 * @param maxObjectBytes a larger response is not stored
 * @param stale how long past its freshness a stored response may serve
 * @param heuristic the freshness of responses that state none
 * @param targets names of the targeted fields to obey, the first of them that is valid wins (RFC 9213 §2.2)
 * @param obeyClient whether the request's Cache-Control and Pragma count (RFC 9111 §5.2.1 lets a cache choose)
 * @param cookies what cookies, of either direction, mean for storing
 * @param query which part of the query belongs to the key
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
        Cookies cookies,
        Query query,
        String hash) {

    /** The targeted fields that Weir obeys unless told otherwise: its own, then the one for any CDN. */
    public static final List<String> DEFAULT_TARGETS = List.of("Weir-Cache-Control", "CDN-Cache-Control");

    public static final CacheRules DEFAULT =
            new CacheRules(true, Optional.empty(), 16L << 20, new Stale(Duration.ofHours(1)));

    public CacheRules {
        targets = List.copyOf(targets);
        hash = hash(List.of(enabled, ttl, maxObjectBytes, stale, heuristic, targets, obeyClient, cookies, query));
    }

    /** Rules with the defaults for all else. */
    public CacheRules(boolean enabled, Optional<Duration> ttl, long maxObjectBytes, Stale stale) {
        this(
                enabled,
                ttl,
                maxObjectBytes,
                stale,
                Heuristic.DEFAULT,
                DEFAULT_TARGETS,
                true,
                Cookies.DEFAULT,
                Query.WHOLE,
                "");
    }

    /**
     * The bounds on staleness.
     *
     * @param ifUnreachable bound on serving stale while the origin can't be reached (RFC 9111 §4.2.4) where the response
     *     does not say; zero: never
     * @param whileRevalidate for how long stale responses serve while they are validated where the response does not say
     *     (RFC 5861 §3, granted by the route); zero: not at all
     */
    public record Stale(Duration ifUnreachable, Duration whileRevalidate) {

        /** Stale while revalidating only where the response says so. */
        public Stale(Duration ifUnreachable) {
            this(ifUnreachable, Duration.ZERO);
        }
    }

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

    /**
     * Cookies and storing.
     *
     * @param setCookie what becomes of a response that sets one
     * @param ignored names of request cookies that never change what the origin answers; they make no page personal
     */
    public record Cookies(SetCookie setCookie, Set<String> ignored) {

        public static final Cookies DEFAULT = new Cookies(SetCookie.PASS, Set.of());

        public Cookies {
            ignored = sorted(ignored);
        }
    }

    /** What becomes of a response with Set-Cookie (RFC 9111 §7.3). */
    public enum SetCookie {
        /** Neither stored nor shared. */
        PASS,
        /** Stored without the field. */
        STRIP,
        /** Stored and replayed as it is, which RFC 9111 allows; for cookies that are the same for all. */
        STORE
    }

    /**
     * The part of the query that tells pages apart. The origin is asked by the key's query, so that what is not in the
     * key can't change what is stored under it.
     *
     * @param names of parameters, as sent; a name that ends in {@code *} stands for all that start so
     * @param sort whether the order of differently named parameters is of no account
     */
    public record Query(Keep keep, Set<String> names, boolean sort) {

        public static final Query WHOLE = new Query(Keep.ALL_BUT, Set.of(), false);

        /** How to read the names. */
        public enum Keep {
            ONLY,
            ALL_BUT
        }

        public Query {
            names = sorted(names);
        }
    }

    public CacheRules withTtl(Duration other) {
        return new CacheRules(
                enabled,
                Optional.of(other),
                maxObjectBytes,
                stale,
                heuristic,
                targets,
                obeyClient,
                cookies,
                query,
                hash);
    }

    public CacheRules withStale(Stale other) {
        return with(other, heuristic, targets, obeyClient);
    }

    public CacheRules withHeuristic(Heuristic other) {
        return with(stale, other, targets, obeyClient);
    }

    public CacheRules withTargets(List<String> other) {
        return with(stale, heuristic, other, obeyClient);
    }

    public CacheRules withObeyClient(boolean other) {
        return with(stale, heuristic, targets, other);
    }

    public CacheRules withCookies(Cookies other) {
        return with(other, query);
    }

    public CacheRules withQuery(Query other) {
        return with(cookies, other);
    }

    private CacheRules with(Stale stale, Heuristic heuristic, List<String> targets, boolean obeyClient) {
        return new CacheRules(
                enabled, ttl, maxObjectBytes, stale, heuristic, targets, obeyClient, cookies, query, hash);
    }

    private CacheRules with(Cookies cookies, Query query) {
        return new CacheRules(
                enabled, ttl, maxObjectBytes, stale, heuristic, targets, obeyClient, cookies, query, hash);
    }

    private static String hash(List<Object> settings) {
        return Long.toHexString(new Selector(Selector.Kind.TAG, settings.toString()).hash());
    }

    /** In one order, whatever the given set's: the order shows in the hash, which replicas compare. */
    private static Set<String> sorted(Set<String> names) {
        return java.util.Collections.unmodifiableSet(new TreeSet<>(names));
    }
}
