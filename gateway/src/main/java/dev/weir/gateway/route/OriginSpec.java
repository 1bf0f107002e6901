package dev.weir.gateway.route;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * An origin as the table describes it: where it listens and what may be asked of it.
 *
 * @param urls one or more; http or https, host and optional port, no path, query or user info
 */
public record OriginSpec(String name, List<URI> urls, Timeouts timeouts, Connections connections) {

    /** Copies the list. */
    public OriginSpec {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("urls of origin " + name + ": none (expected: at least one)");
        }
    }

    /** An origin with the default bounds. */
    public static OriginSpec of(String name, String... urls) {
        return new OriginSpec(
                name, List.of(urls).stream().map(URI::create).toList(), Timeouts.DEFAULT, Connections.DEFAULT);
    }

    /**
     * How long one request to the origin may take.
     *
     * @param connect until the connection stands, TLS included
     * @param response from the request sent to the first byte of the response
     * @param total waiting for the body in all; pauses that the client makes don't count
     */
    public record Timeouts(Duration connect, Duration response, Duration total) {
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    /**
     * How many requests each of the origin's urls may have at a time from this replica.
     *
     * @param max connections in use to one url
     * @param maxPending requests waiting for one to that url; further ones are refused at once
     */
    public record Connections(int max, int maxPending) {
        public static final Connections DEFAULT = new Connections(256, 512);
    }
}
