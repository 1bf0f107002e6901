package dev.weir.gateway.policy;

import dev.weir.gateway.http.Request;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * May this stored response answer this request now (RFC 9111 §4), and how?
 *
 * @param reason why, as a token for Cache-Status and metrics
 * @param age of the stored response at that moment
 * @param ttl remaining freshness; negative: for how long it has been stale
 */
public record Reuse(Verdict verdict, String reason, Duration age, Duration ttl) {

    /**
     * Why a request goes on to the origin after this verdict (RFC 9211 §2.2): the client's own directives only where they
     * alone were in the way of a fresh response.
     */
    public CacheStatus.Forward forward() {
        boolean fresh = !ttl.isNegative() && !ttl.isZero();
        return fresh && reason.startsWith("request-") ? CacheStatus.Forward.REQUEST : CacheStatus.Forward.STALE;
    }

    public enum Verdict {
        /** Serve it as it stands. */
        FRESH,
        /** Serve it and validate it meanwhile (RFC 5861 §3). */
        STALE_WHILE_REVALIDATE,
        /** Validate it, then serve it. */
        VALIDATE,
        /** Fetch as if there were none. */
        MISS
    }

    /** The verdict; the response must be one whose key and variant the request selects. */
    public static Reuse decide(StoredResponse stored, Request client, CacheRules rules, Trust trust, Instant now) {
        return decide(Terms.of(stored, rules), client, rules, trust, now);
    }

    /** The same, for terms worked out before under the same rules. */
    public static Reuse decide(Terms terms, Request client, CacheRules rules, Trust trust, Instant now) {
        Duration age = terms.age(now);
        Duration ttl = ttl(terms, trust, age);
        if (trust == Trust.GONE) {
            return new Reuse(Verdict.MISS, "purged", age, ttl);
        }
        if (!terms.rulesHash().equals(rules.hash())) {
            return new Reuse(Verdict.MISS, "rules-changed", age, ttl);
        }
        // §5.2.2.5: a validation may have brought no-store or private; what was stored before must not go out again
        if (terms.withdrawn()) {
            return new Reuse(Verdict.MISS, "withdrawn", age, ttl);
        }
        // §3.3: a part answers only ranges; whether it has the one asked for is for Parts to say
        if (terms.status() == 206 && !client.headers().contains("Range")) {
            return new Reuse(Verdict.MISS, "partial", age, ttl);
        }
        Wishes wishes = Wishes.of(client, rules);
        String demand = validationDemanded(terms, wishes, trust, age, ttl);
        if (demand == null && !ttl.isNegative() && !ttl.isZero()) {
            return new Reuse(Verdict.FRESH, "fresh", age, ttl); // §4.2: freshness_lifetime > current_age
        }
        if (demand == null && !terms.staleBarred()) {
            Duration staleness = ttl.negated();
            if (isWithin(staleness, wishes.maxStale())) {
                return new Reuse(Verdict.FRESH, "request-max-stale", age, ttl); // §5.2.1.2
            }
            // RFC 5861 §3; §5.2.1.1: a client that states max-age wants nothing stale
            if (wishes.maxAge() == null && isWithin(staleness, terms.staleWhileRevalidate())) {
                return new Reuse(Verdict.STALE_WHILE_REVALIDATE, "stale-while-revalidate", age, ttl);
            }
        }
        Verdict verdict = terms.canValidate(trust) ? Verdict.VALIDATE : Verdict.MISS;
        return new Reuse(verdict, demand == null ? "stale" : demand, age, ttl);
    }

    /**
     * Whether it may stand in while the origin answers with 500, 502, 503 or 504, or not at all (RFC 9111 §4.2.4, RFC
     * 5861 §4).
     */
    public static boolean mayServeStaleOnError(
            StoredResponse stored, Request client, CacheRules rules, Trust trust, Instant now) {
        return mayServeStaleOnError(Terms.of(stored, rules), client, rules, trust, now);
    }

    /** The same, for terms worked out before under the same rules. */
    public static boolean mayServeStaleOnError(
            Terms terms, Request client, CacheRules rules, Trust trust, Instant now) {
        boolean trusted = trust == Trust.VALID || trust == Trust.STALE;
        boolean same = terms.rulesHash().equals(rules.hash()) && !terms.withdrawn();
        // A stored error never stands in for a fresh one
        boolean part = terms.status() == 206 && !client.headers().contains("Range");
        if (!trusted || !same || part || terms.staleBarred() || terms.status() >= 500) {
            return false;
        }
        Wishes wishes = Wishes.of(client, rules);
        // §5.2.1.4: not without a validation that succeeded
        if (wishes.noCache()) {
            return false;
        }
        Duration ttl = ttl(terms, trust, terms.age(now));
        return ttl.negated().compareTo(errorWindow(terms, wishes, rules)) <= 0;
    }

    /** The answers that a stored response may stand in for (RFC 5861 §4). */
    public static boolean isServerFailure(int status) {
        return status == 500 || status == 502 || status == 503 || status == 504;
    }

    /** RFC 5861 §4: the response says, or the request; where both are silent the route's bound holds (§4.2.4). */
    private static Duration errorWindow(Terms terms, Wishes wishes, CacheRules rules) {
        if (terms.staleIfError() != null) {
            return terms.staleIfError();
        }
        return wishes.staleIfError() != null
                ? wishes.staleIfError()
                : rules.stale().ifUnreachable();
    }

    /** Why it may not be used without validation even if fresh; null where nothing demands that. */
    private static @Nullable String validationDemanded(
            Terms terms, Wishes wishes, Trust trust, Duration age, Duration ttl) {
        if (trust == Trust.VALIDATE) {
            return "purged";
        }
        if (terms.noCache()) {
            return "no-cache"; // §5.2.2.4
        }
        if (wishes.noCache()) {
            return "request-no-cache"; // §5.2.1.4, §5.4
        }
        if (wishes.maxAge() != null && age.compareTo(wishes.maxAge()) > 0) {
            return "request-max-age"; // §5.2.1.1
        }
        if (wishes.minFresh() != null && ttl.compareTo(wishes.minFresh()) < 0) {
            return "request-min-fresh"; // §5.2.1.3
        }
        return null;
    }

    /** A soft purge ends the freshness at once. */
    private static Duration ttl(Terms terms, Trust trust, Duration age) {
        Duration ttl = terms.lifetime().minus(age);
        return trust == Trust.STALE && !ttl.isNegative() ? Duration.ZERO : ttl;
    }

    private static boolean isWithin(Duration staleness, @Nullable Duration window) {
        return window != null && !window.isZero() && staleness.compareTo(window) <= 0;
    }
}
