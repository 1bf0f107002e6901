package dev.weir.loadtest.rig;

import java.util.List;

/**
 * Which gateways to start.
 *
 * @param replicas how many; several share a Redis
 * @param settings keys of {@code config/gateway.yaml} that shall be other than shipped, as {@code redis.budget=1s}
 */
public record Fleet(int replicas, List<String> settings) {
    public Fleet {
        settings = List.copyOf(settings);
    }

    /** For people; what is not as shipped is said. */
    String name() {
        String name = replicas == 1 ? "Weir" : "Weir × " + replicas;
        return settings.isEmpty() ? name : name + " (" + String.join(", ", settings) + ")";
    }
}
