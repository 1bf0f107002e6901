package dev.weir.gateway.route;

import java.time.Duration;

/** Reads {@code coalesce} of one route. */
final class CoalescingReader {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_WAITERS = 1_000_000;

    private CoalescingReader() {}

    /** The rules; the defaults stand for what is absent or, with a report, wrong. */
    static Coalescing read(Value value) {
        Section section = value.section(value.key(), "a mapping such as { wait: 10s }")
                .only("enabled", "max-waiters", "wait", "first-byte-budget");
        Coalescing defaults = Coalescing.DEFAULT;
        int maxWaiters = section.get("max-waiters")
                .flatMap(v -> v.read(
                        text -> Numbers.whole(text, 1, MOST_WAITERS), "a whole number from 1 to " + MOST_WAITERS))
                .orElse(defaults.maxWaiters());
        return new Coalescing(
                CacheReader.flag(section, "enabled", defaults.enabled()),
                maxWaiters,
                duration(section, "wait", defaults.longestWait()),
                duration(section, "first-byte-budget", defaults.firstByteBudget()));
    }

    private static Duration duration(Section section, String key, Duration fallback) {
        return section.get(key)
                .flatMap(value -> value.read(
                        text -> Units.duration(text).filter(d -> !d.isZero() && d.compareTo(LONGEST) <= 0),
                        "a duration such as 5s, above 0 and up to 10m"))
                .orElse(fallback);
    }
}
