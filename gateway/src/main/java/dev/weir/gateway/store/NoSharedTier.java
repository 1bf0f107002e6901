package dev.weir.gateway.store;

import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.StoredResponse;
import reactor.core.publisher.Mono;

/** The shared tier of a gateway that shares with nobody. */
public final class NoSharedTier implements SharedTier {

    @Override
    public Mono<StoredResponse> find(CacheKey key, Request upstream) {
        return Mono.empty();
    }

    @Override
    public void put(StoredResponse stored, long ttlMillis, Runnable over) {
        over.run();
    }

    @Override
    public boolean takes(long bodyBytes) {
        return false;
    }
}
