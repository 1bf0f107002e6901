package dev.weir.gateway.route;

import dev.weir.gateway.policy.CacheRules;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code cache} of one route; the one place where the file's words become {@link CacheRules}. */
final class CacheReader {

    private static final Duration LONGEST = Duration.ofDays(365);
    private static final long LARGEST = 1L << 30;

    private CacheReader() {}

    /** The rules; the defaults stand for what is absent or, with a report, wrong. */
    static CacheRules read(Value value) {
        Section cache = value.section(value.key(), "a mapping such as { ttl: 5m }")
                .only("enabled", "ttl", "max-object", "stale-if-unreachable");
        CacheRules defaults = CacheRules.DEFAULT;
        boolean enabled = cache.get("enabled")
                .flatMap(flag -> flag.read(Numbers::flag, "true or false"))
                .orElse(defaults.enabled());
        Optional<Duration> ttl = duration(cache, "ttl");
        long maxObject = cache.get("max-object")
                .flatMap(size -> size.read(
                        text -> Units.bytes(text).filter(n -> n > 0 && n <= LARGEST),
                        "a size such as 512KiB or 2MiB, up to 1GiB"))
                .orElse(defaults.maxObjectBytes());
        Duration ifUnreachable =
                duration(cache, "stale-if-unreachable").orElse(defaults.stale().ifUnreachable());
        return new CacheRules(enabled, ttl, maxObject, new CacheRules.Stale(ifUnreachable));
    }

    private static Optional<Duration> duration(Section cache, String key) {
        return cache.get(key)
                .flatMap(value -> value.read(
                        text -> Units.duration(text).filter(d -> d.compareTo(LONGEST) <= 0),
                        "a duration such as 30s, up to 365d"));
    }
}
