package dev.weir.loadtest.client;

import java.net.URI;

/**
 * What to ask, of whom.
 *
 * @param server scheme, host and port to connect to
 * @param host the Host field's value; the host is part of a cache's key, so replicas share only what is asked of them
 *     under one name, as behind a load balancer
 * @param path path and query
 * @param coding the Accept-Encoding field's value
 */
public record Errand(URI server, String host, String path, String coding) {
    /** To the server under its own name. */
    public static Errand to(URI server, String path) {
        return new Errand(server, server.getRawAuthority(), path, "identity");
    }
}
