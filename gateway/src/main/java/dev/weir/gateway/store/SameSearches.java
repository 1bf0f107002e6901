package dev.weir.gateway.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.NoVarySearch;
import dev.weir.gateway.policy.StoredResponse;
import org.jspecify.annotations.Nullable;

/**
 * Which other key may hold the response to a request that differs in its query alone, as learned from No-Vary-Search on
 * what was stored. Hints, bounded in number: whoever follows one asks {@link #isSame} of what is found there.
 */
final class SameSearches {

    private static final long MOST = 10_000;

    /** What the newest response of a path says, by the key without its query. */
    private final Cache<CacheKey, NoVarySearch> learned =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /** By the reduced key, the key that such a response is stored under. */
    private final Cache<CacheKey, CacheKey> homes =
            Caffeine.newBuilder().maximumSize(MOST).build();

    void learn(StoredResponse stored) {
        CacheKey path = stored.key().withQuery(null);
        NoVarySearch search = NoVarySearch.of(stored.headers());
        if (search.equals(NoVarySearch.NONE)) {
            learned.invalidate(path);
        } else {
            learned.put(path, search);
            homes.put(search.reduce(stored.key()), stored.key());
        }
    }

    /** Where the response for that key may stand instead; null where nothing is known. */
    @Nullable CacheKey home(CacheKey asked) {
        NoVarySearch search = learned.getIfPresent(asked.withQuery(null));
        return search == null ? null : homes.getIfPresent(search.reduce(asked));
    }

    /** Whether that response itself says that it answers for the other key too. */
    static boolean isSame(StoredResponse stored, CacheKey asked) {
        NoVarySearch search = NoVarySearch.of(stored.headers());
        return search.reduce(stored.key()).equals(search.reduce(asked));
    }
}
