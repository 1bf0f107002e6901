package dev.weir.gateway.store;

import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.StoredResponse;
import reactor.core.publisher.Mono;

/** The tier that replicas share. Never in the way: a look-up has a budget, a write has no one waiting for it. */
public interface SharedTier {

    /**
     * The stored response that this request selects.
     *
     * @param upstream the request as it would be sent to the origin, for the Vary fields
     * @return empty for a miss, a spent budget, a tier that is away or frozen, or a record that can't be read; never fails
     */
    Mono<StoredResponse> find(CacheKey key, Request upstream);

    /**
     * Offers a response for storing; returns at once. Dropped and counted when the tier is away or its queue is full. A
     * part (RFC 9111 §3.3) is stored only where there is nothing: never in place of the whole.
     *
     * @param ttlMillis how long the tier should keep it: freshness and all windows beyond
     * @param over runs once, on any thread, when it can be found there or it is known that it will not be
     */
    void put(StoredResponse stored, long ttlMillis, Runnable over);

    /** The same with nobody to be told. */
    default void put(StoredResponse stored, long ttlMillis) {
        put(stored, ttlMillis, () -> {});
    }

    /** Whether a body of so many bytes could be stored here at all. */
    boolean takes(long bodyBytes);
}
