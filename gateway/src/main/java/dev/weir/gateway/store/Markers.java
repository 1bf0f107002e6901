package dev.weir.gateway.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was learned lately of keys for which nothing is stored. Hints: bounded in number, each with a life of its own, and
 * any of them may be lost at any time.
 *
 * @param <K> compared by value
 */
public final class Markers<K, V> {

    private record Marker<V>(V value, Duration life) {}

    private final Cache<K, Marker<V>> markers;

    /** None yet, and never more than {@code most}. */
    public Markers(long most) {
        this(most, System::nanoTime);
    }

    /** The same by another clock, which counts ns from anywhere. */
    public Markers(long most, LongSupplier clock) {
        this.markers = Caffeine.newBuilder()
                .maximumSize(most)
                .ticker(clock::getAsLong)
                .expireAfter(Expiry.<K, Marker<V>>writing((key, marker) -> marker.life()))
                .build();
    }

    /** Notes it for so long; replaces what stood there. */
    public void set(K key, V value, Duration life) {
        markers.put(key, new Marker<>(value, life));
    }

    /** What was noted, while it lasts. */
    public @Nullable V get(K key) {
        Marker<V> marker = markers.getIfPresent(key);
        return marker == null ? null : marker.value();
    }

    /** Forgets it; returns whether there was something. */
    public boolean clear(K key) {
        return markers.asMap().remove(key) != null;
    }
}
