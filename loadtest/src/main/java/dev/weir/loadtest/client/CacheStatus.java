package dev.weir.loadtest.client;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one cache says of how it handled a request: a member of the {@code Cache-Status} field (RFC 9211 §2).
 *
 * @param cache the cache's name
 * @param parameters by name in lower case; a parameter without a value is {@code true} (RFC 8941 §3.1.2)
 */
public record CacheStatus(String cache, Map<String, String> parameters) {
    public CacheStatus {
        parameters = Map.copyOf(parameters);
    }

    /** The word of the cache named {@code cache}, if it is in the list; the last one, for that is nearest to us. */
    public static Optional<CacheStatus> of(String cache, String field) {
        return CacheStatusField.parse(field).stream()
                .filter(member -> member.cache().equals(cache))
                .reduce((earlier, later) -> later);
    }

    public Source source() {
        if (isSet("hit")) {
            return isStale() ? Source.STALE : tier();
        }
        if (isSet("collapsed")) {
            return Source.COLLAPSED;
        }
        return switch (parameters.getOrDefault("fwd", "")) {
            case "stale" -> Source.VALIDATED;
            case "bypass", "method", "request" -> Source.BYPASS;
            case "" -> Source.UNMARKED;
            default -> Source.MISS;
        };
    }

    private Source tier() {
        return switch (parameters.getOrDefault("detail", "").toLowerCase(Locale.ROOT)) {
            case "memory" -> Source.MEMORY;
            case "redis" -> Source.REDIS;
            default -> Source.HIT;
        };
    }

    // RFC 9211 §2.4: a negative ttl says for how long the response has been stale.
    private boolean isStale() {
        return parameters.getOrDefault("ttl", "").startsWith("-");
    }

    private boolean isSet(String parameter) {
        return parameters.getOrDefault(parameter, "false").equals("true");
    }
}
