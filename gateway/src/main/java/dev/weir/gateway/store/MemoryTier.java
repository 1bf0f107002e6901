package dev.weir.gateway.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.StoredResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tier in this process: Caffeine (W-TinyLFU), bounded by the bytes that entries really take. Expiry is the policy's
 * affair: an entry that has gone stale still validates, so nothing here looks at a clock.
 */
public final class MemoryTier {

    /** What an entry takes beyond its characters and bytes: objects, references, its place in the table. */
    private static final int OVERHEAD = 600;

    private final Cache<CacheKey, Variants> entries;

    /**
     * An empty tier.
     *
     * @param maxBytes bodies in all codings, fields, keys and overhead together
     */
    public MemoryTier(long maxBytes) {
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher(MemoryTier::weigh)
                .build();
    }

    /** The stored response that this request selects, or null. */
    public @Nullable Held find(CacheKey key, Request upstream) {
        Variants variants = entries.getIfPresent(key);
        return variants == null ? null : variants.select(upstream);
    }

    /** The part that is stored of that variant, or null. */
    @Nullable StoredResponse part(CacheKey key, StoredResponse.Variant variant) {
        Variants variants = entries.getIfPresent(key);
        return variants == null ? null : variants.part(variant);
    }

    /** The fields that responses of this key are known to vary by; lower case. */
    public List<String> learnedFields(CacheKey key) {
        Variants variants = entries.getIfPresent(key);
        return variants == null ? List.of() : variants.learnedFields();
    }

    /** Stores; a reader that starts after this returns finds it. */
    public void put(Held added) {
        entries.asMap()
                .compute(
                        added.stored().key(),
                        (key, present) -> (present == null ? Variants.NONE : present).with(added));
    }

    /**
     * Stores what another tier had, unless a response of the same variant that was received later is here by now: the
     * look-up may have taken longer than a fetch.
     */
    public void promote(Held found) {
        entries.asMap().compute(found.stored().key(), (key, present) -> {
            Variants variants = present == null ? Variants.NONE : present;
            return variants.hasNewerThan(found.stored()) ? variants : variants.with(found);
        });
    }

    /** Puts {@code next} where {@code present} is; does nothing when that has been replaced or evicted meanwhile. */
    public void exchange(StoredResponse present, StoredResponse next) {
        entries.asMap().computeIfPresent(present.key(), (key, variants) -> variants.exchange(present, next));
    }

    /** Drops that response, unless it has been replaced meanwhile. */
    public void remove(StoredResponse gone) {
        entries.asMap().computeIfPresent(gone.key(), (key, variants) -> {
            Variants rest = variants.without(gone);
            return rest.isEmpty() ? null : rest;
        });
    }

    /** All that is stored for a key, newest first; for people. */
    public List<StoredResponse> all(CacheKey key) {
        Variants variants = entries.getIfPresent(key);
        return variants == null ? List.of() : variants.stored();
    }

    public void clear() {
        entries.invalidateAll();
    }

    /** Keys held; an estimate while writes are under way. */
    public long keys() {
        return entries.estimatedSize();
    }

    /** Bytes held, as weighed; an estimate while writes are under way. */
    public long bytes() {
        return entries.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }

    private static int weigh(CacheKey key, Variants variants) {
        long bytes = OVERHEAD + 2L * key.url().length();
        for (StoredResponse stored : variants.stored()) {
            bytes += OVERHEAD + stored.body().bytes() + fieldBytes(stored.headers());
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    private static long fieldBytes(Headers headers) {
        long bytes = 0;
        for (int i = 0; i < headers.size(); i++) {
            bytes += 80L + headers.name(i).length() + headers.value(i).length();
        }
        return bytes;
    }
}
