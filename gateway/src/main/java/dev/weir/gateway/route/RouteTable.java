package dev.weir.gateway.route;

import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.CacheKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;

/** The routes and origins on duty, as one immutable value. */
public final class RouteTable {

    private final String source;
    private final List<Route> routes;
    private final Map<String, OriginSpec> origins;
    private final String version;

    /**
     * A table of these routes, the first that matches wins.
     *
     * @param source where it came from, for people
     * @throws IllegalArgumentException if a route names an origin that is not there
     */
    public RouteTable(String source, List<Route> routes, Collection<OriginSpec> origins) {
        this.source = source;
        this.routes = List.copyOf(routes);
        Map<String, OriginSpec> byName = new LinkedHashMap<>();
        origins.forEach(origin -> byName.put(origin.name(), origin));
        this.origins = Collections.unmodifiableMap(byName);
        for (Route route : this.routes) {
            if (route.action() instanceof Action.ToOrigin to && !byName.containsKey(to.origin())) {
                throw new IllegalArgumentException("origin of route " + route.id() + ": " + to.origin()
                        + " (expected: one of " + byName.keySet() + ")");
            }
        }
        this.version = hash(this.routes + "\n" + byName.values());
    }

    /** The file it was read from, for people. */
    public String source() {
        return source;
    }

    /** In the order they are asked. */
    public List<Route> routes() {
        return routes;
    }

    /** By name, in the order of the file. */
    public Map<String, OriginSpec> origins() {
        return origins;
    }

    /**
     * The origin of that name; there is one for every {@link Action.ToOrigin} of this table.
     *
     * @throws IllegalArgumentException if the table has none of that name
     */
    public OriginSpec origin(String name) {
        OriginSpec origin = origins.get(name);
        if (origin == null) {
            throw new IllegalArgumentException("origin: " + name + " (expected: one of " + origins.keySet() + ")");
        }
        return origin;
    }

    /** Names what the table says: two replicas with the same rules show the same version, comments and layout aside. */
    public String version() {
        return version;
    }

    /**
     * The first route that takes the request; null where none does, and for a path whose percent-encoding is broken (it
     * means nothing that an origin could be asked for).
     */
    public @Nullable Route match(Request request) {
        PathContainer path;
        try {
            path = PathContainer.parsePath(request.path());
        } catch (IllegalArgumentException malformedEncoding) {
            return null;
        }
        String host = host(request.authority());
        for (Route route : routes) {
            if (route.match().matches(path, host)) {
                return route;
            }
        }
        return null;
    }

    /** The key under which the request's route keeps responses; the plain one where no route takes it. */
    public CacheKey key(Request request) {
        Route route = match(request);
        return route == null ? CacheKey.of(request) : CacheKey.of(request, route.cache());
    }

    /** The authority less its port, lower case (RFC 9110 §4.2.3). */
    private static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean port = colon > authority.lastIndexOf(']');
        return (port ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JRE has SHA-256", e);
        }
    }
}
