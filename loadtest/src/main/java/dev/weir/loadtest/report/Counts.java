package dev.weir.loadtest.report;

import dev.weir.loadtest.client.Source;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link Tally} had counted.
 *
 * @param sources answers by where they came from; absent means none
 * @param statuses answers by status code
 */
public record Counts(
        Totals totals,
        Map<Source, Long> sources,
        Map<Integer, Long> statuses,
        Percentiles firstByte,
        Percentiles whole) {
    public Counts {
        Map<Source, Long> ordered = new EnumMap<>(Source.class);
        ordered.putAll(sources);
        sources = Collections.unmodifiableMap(ordered);
        statuses = Collections.unmodifiableMap(new TreeMap<>(statuses));
    }

    /**
     * All visits, and those that went wrong.
     *
     * @param requests all of them
     * @param failed without a whole answer, or with one of 400 and above
     * @param reasons the first few, with how often each came
     */
    public record Totals(long requests, long failed, Map<String, Long> reasons) {
        public Totals {
            reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
        }
    }

    public long of(Source source) {
        return sources.getOrDefault(source, 0L);
    }

    /** The share of all requests that a stored response answered, from 0 to 1. */
    public double hitRate() {
        long hits = sources.entrySet().stream()
                .filter(entry -> entry.getKey().isHit())
                .mapToLong(Map.Entry::getValue)
                .sum();
        return totals.requests() == 0 ? 0 : (double) hits / totals.requests();
    }
}
