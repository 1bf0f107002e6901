package dev.weir.gateway.flow;

import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.CacheRules;
import dev.weir.gateway.policy.CacheStatus;
import dev.weir.gateway.policy.Storage;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.route.Coalescing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of one request's walk hand on.
 *
 * @param upstream the full GET that would be sent; its fields select the variant
 * @param status what is known so far of what Cache-Status will say: why the request goes on to the origin if it does, and
 *     the key where it is shown
 * @param stale a stored response that may not be used as it is, but may be validated or stand in on error
 */
record Walk(
        Inbound in,
        Target target,
        CacheKey key,
        Request upstream,
        CacheStatus status,
        @Nullable StoredResponse stale) {

    /** Fields that ask for less than the whole, or for nothing if nothing has changed (RFC 9110 §13.1, §14.2). */
    private static final List<String> CONDITIONS =
            List.of("if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range", "range");

    /** With a stored response that may not be used as it is, and why not. */
    Walk withStale(StoredResponse other, CacheStatus.Forward reason) {
        return new Walk(in, target, key, upstream, status.withForward(reason), other);
    }

    Walk with(CacheStatus.Forward reason) {
        return new Walk(in, target, key, upstream, status.withForward(reason), stale);
    }

    /** What Cache-Status says where the origin is not asked. */
    CacheStatus hit() {
        return CacheStatus.hit().withKey(status.key());
    }

    Request client() {
        return in.request();
    }

    CacheRules rules() {
        return target.rules();
    }

    Coalescing coalescing() {
        return target.route().coalescing();
    }

    String rulesHash() {
        return target.rulesHash();
    }

    boolean isCredentialed() {
        return Storage.isCredentialed(upstream, rules());
    }

    /** Whether nothing less than the whole representation would do for the client. */
    boolean wantsWhole() {
        return client().isGet() && CONDITIONS.stream().noneMatch(client().headers()::contains);
    }

    boolean wantsPart() {
        return client().isGet() && client().headers().contains("range");
    }
}
