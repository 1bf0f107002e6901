package dev.weir.gateway.flow;

import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.StoredResponse;

/**
 * What may share a fetch.
 *
 * @param variant as far as the response's variation is known beforehand
 * @param rulesHash fetches under different rules of a route don't mix
 * @param credentialed whether its request says whose it is: what such ones bring, or provoke, is not the others' affair
 * @param atOrigin whether it goes straight to the origin, past memory and the shared tier
 */
record FlightKey(
        CacheKey key, StoredResponse.Variant variant, String rulesHash, boolean credentialed, boolean atOrigin) {

    /** The same, wherever it is fetched from. */
    FlightKey anywhere() {
        return atOrigin ? new FlightKey(key, variant, rulesHash, credentialed, false) : this;
    }
}
