package dev.weir.gateway.origin;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How to call one origin.
 *
 * @param name its name in the routes
 * @param urls scheme, host and port of each of its servers; at least one
 * @param maxConnections at most so many at once, to each server
 * @param maxPending at most so many requests wait for a connection to one server; further ones fail at once
 */
public record OriginSettings(String name, List<URI> urls, Timeouts timeouts, int maxConnections, int maxPending) {

    /**
     * How long one exchange may take.
     *
     * @param connect until a connection stands
     * @param response until the head of the response, and the longest silence after it
     * @param total how long its body may be waited for altogether
     */
    public record Timeouts(Duration connect, Duration response, Duration total) {}

    public OriginSettings {
        urls = List.copyOf(urls);
    }
}
