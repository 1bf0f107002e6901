package dev.weir.gateway.policy;

import dev.weir.gateway.http.StructuredFields;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Weir's member of the Cache-Status field (RFC 9211): what the cache did, for whoever reads the response.
 *
 * @param forward why the request went on to the origin; null for a hit
 * @param forwardStatus the status the origin gave; 0 where it gave none, or the same as the response has
 * @param ttl remaining freshness, negative when stale; null where unknown
 * @param stored whether the answer was stored
 * @param collapsed whether the request was joined to another's
 * @param key the cache key as a URL, for debugging; null to keep it to oneself, which is the rule: by it a client learns
 *     what a route leaves out of the key
 * @param detail the reason, as a token where it can be one; null for none
 */
public record CacheStatus(
        @Nullable Forward forward,
        int forwardStatus,
        @Nullable Duration ttl,
        boolean stored,
        boolean collapsed,
        @Nullable String key,
        @Nullable String detail) {

    /** Why a request was forwarded (RFC 9211 §2.2). */
    public enum Forward {
        BYPASS("bypass"),
        METHOD("method"),
        URI_MISS("uri-miss"),
        VARY_MISS("vary-miss"),
        MISS("miss"),
        REQUEST("request"),
        STALE("stale"),
        PARTIAL("partial");

        private final String token;

        Forward(String token) {
            this.token = token;
        }
    }

    public static CacheStatus hit() {
        return new CacheStatus(null, 0, null, false, false, null, null);
    }

    public static CacheStatus forwarded(Forward reason) {
        return new CacheStatus(reason, 0, null, false, false, null, null);
    }

    public CacheStatus withForward(Forward reason) {
        return new CacheStatus(reason, forwardStatus, ttl, stored, collapsed, key, detail);
    }

    public CacheStatus withForwardStatus(int status) {
        return new CacheStatus(forward, status, ttl, stored, collapsed, key, detail);
    }

    public CacheStatus withTtl(Duration remaining) {
        return new CacheStatus(forward, forwardStatus, remaining, stored, collapsed, key, detail);
    }

    public CacheStatus withStored() {
        return new CacheStatus(forward, forwardStatus, ttl, true, collapsed, key, detail);
    }

    public CacheStatus withCollapsed() {
        return new CacheStatus(forward, forwardStatus, ttl, stored, true, key, detail);
    }

    public CacheStatus withKey(@Nullable String url) {
        return new CacheStatus(forward, forwardStatus, ttl, stored, collapsed, url, detail);
    }

    public CacheStatus withDetail(String reason) {
        return new CacheStatus(forward, forwardStatus, ttl, stored, collapsed, key, reason);
    }

    /** The field value: {@code weir; hit; ttl=30} or {@code weir; fwd=stale; fwd-status=304; stored; detail=purged}. */
    public String value() {
        StringBuilder value = new StringBuilder("weir; ");
        value.append(forward == null ? "hit" : "fwd=" + forward.token);
        if (forwardStatus != 0) {
            value.append("; fwd-status=").append(forwardStatus);
        }
        if (ttl != null) {
            value.append("; ttl=").append(ttl.toSeconds()); // whole seconds, towards the past
        }
        if (stored) {
            value.append("; stored");
        }
        if (collapsed) {
            value.append("; collapsed");
        }
        if (key != null) {
            value.append("; key=").append(StructuredFields.quoted(key));
        }
        if (detail != null) {
            value.append("; detail=").append(StructuredFields.tokenOrQuoted(detail));
        }
        return value.toString();
    }
}
