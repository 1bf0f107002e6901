package dev.weir.gateway.flow;

import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.CacheRules;
import dev.weir.gateway.policy.StoredResponse;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of one request's walk hand on.
 *
 * @param upstream the full GET that would be sent; its fields select the variant
 * @param stale a stored response that may not be used as it is, but may be validated or stand in on error
 */
record Walk(
        Inbound in,
        Target target,
        CacheKey key,
        Request upstream,
        @Nullable StoredResponse stale) {

    Walk withStale(StoredResponse other) {
        return new Walk(in, target, key, upstream, other);
    }

    Request client() {
        return in.request();
    }

    CacheRules rules() {
        return target.rules();
    }

    String rulesHash() {
        return target.rulesHash();
    }

    boolean wantsPart() {
        return client().isGet() && client().headers().contains("range");
    }
}
