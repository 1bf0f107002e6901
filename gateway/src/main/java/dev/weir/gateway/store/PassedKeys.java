package dev.weir.gateway.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weir.gateway.policy.CacheKey;
import java.time.Duration;

/**
 * Keys whose responses were lately found to be of no use to the cache: too large, or not for all. Who wants a part of
 * such a response is better served by the origin's own 206 than by a fetch of the whole. A hint that may be lost at any
 * time; bounded in number and age.
 */
final class PassedKeys {

    private static final long MOST = 10_000;

    /** After this the whole is tried again: the origin may have changed its mind. */
    private static final Duration MEMORY = Duration.ofMinutes(2);

    private final Cache<CacheKey, Boolean> keys =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(MEMORY).build();

    void note(CacheKey key) {
        keys.put(key, Boolean.TRUE);
    }

    boolean contains(CacheKey key) {
        return keys.getIfPresent(key) != null;
    }
}
