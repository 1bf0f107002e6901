package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.HttpDate;
import dev.weir.gateway.http.ResponseHead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For how long a response is fresh, from its generation on, and who says so (RFC 9111 §4.2.1).
 *
 * @param lifetime never negative
 */
public record Freshness(Duration lifetime, Source source) {

    public enum Source {
        /** The route's own ttl. */
        RULE,
        S_MAXAGE,
        MAX_AGE,
        EXPIRES,
        /** Worked out from Last-Modified (§4.2.2). */
        HEURISTIC,
        /** Nobody: not fresh at all. */
        NONE
    }

    /** The freshness of that response, before anything is said of its age. */
    public static Freshness of(ResponseHead head, CacheRules rules) {
        // a route speaks for its pages, not for what goes wrong with them: errors live by their own word
        return rules.ttl().isPresent() && head.status() < 400
                ? new Freshness(rules.ttl().get(), Source.RULE)
                : ofResponse(head, rules);
    }

    /** What the response itself says, or lets one guess. */
    static Freshness ofResponse(ResponseHead head, CacheRules rules) {
        Headers headers = head.headers();
        CacheControl targeted = CacheControl.targeted(headers, rules.targets());
        CacheControl control = targeted != null ? targeted : CacheControl.of(headers);
        // §4.2.1: the first match wins: s-maxage for shared caches, then max-age, then Expires
        Duration seconds = control.seconds("s-maxage");
        if (seconds != null) {
            return new Freshness(seconds, Source.S_MAXAGE);
        }
        seconds = control.seconds("max-age");
        if (seconds != null) {
            return new Freshness(seconds, Source.MAX_AGE);
        }
        // RFC 9213 §2.2: a targeted field takes the place of Expires too
        if (targeted == null && headers.contains("Expires")) {
            return new Freshness(untilExpiry(headers), Source.EXPIRES);
        }
        return heuristic(head, control, rules.heuristic());
    }

    /** Whether the response or the route states it, rather than a guess. */
    public boolean isExplicit() {
        return source != Source.HEURISTIC && source != Source.NONE;
    }

    // §5.3: invalid dates, "0" above all, are in the past; of several nobody knows which counts
    private static Duration untilExpiry(Headers headers) {
        Instant expires = date(headers, "Expires");
        Instant date = date(headers, "Date");
        if (expires == null || date == null || expires.isBefore(date)) {
            return Duration.ZERO;
        }
        return Duration.between(date, expires);
    }

    private static Freshness heuristic(ResponseHead head, CacheControl control, CacheRules.Heuristic rule) {
        Instant modified = date(head.headers(), "Last-Modified");
        Instant date = date(head.headers(), "Date");
        // §4.2.2: for statuses defined so, or where the response is marked public
        boolean allowed = Statuses.isHeuristicallyCacheable(head.status()) || control.has("public");
        if (!allowed || rule.percent() == 0 || modified == null || date == null || !modified.isBefore(date)) {
            return new Freshness(Duration.ZERO, Source.NONE);
        }
        Duration share =
                Duration.between(modified, date).multipliedBy(rule.percent()).dividedBy(100);
        return new Freshness(share.compareTo(rule.cap()) < 0 ? share : rule.cap(), Source.HEURISTIC);
    }

    /** The only line of that name as a date; null where it is absent, repeated or no date. */
    static @Nullable Instant date(Headers headers, String name) {
        List<String> lines = headers.all(name);
        return lines.size() == 1 ? HttpDate.parse(lines.get(0)) : null;
    }
}
