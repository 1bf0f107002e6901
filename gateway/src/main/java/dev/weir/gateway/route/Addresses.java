package dev.weir.gateway.route;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;

/** Reads the addresses that the routes file holds: of origins, of redirections, of hosts. */
final class Addresses {

    static final String ORIGIN = "an address such as http://127.0.0.1:8081: http or https, host and port only";
    static final String LOCATION = "a path such as /blog/ or an absolute http or https URL";
    static final String HOST = "a host name such as www.example.org, without port";
    static final String PREFIX = "a path such as /shop: plain, not ending in /";

    private static final Pattern HOST_NAME = Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");
    private static final Pattern PLAIN_PREFIX = Pattern.compile("(/[A-Za-z0-9._~!$&'()+,=:@-]+)+");

    private Addresses() {}

    /** An origin's address, without a slash at its end; empty for one with a path, a query or user info. */
    static Optional<URI> origin(String text) {
        URI uri = parse(text);
        if (uri == null || !isHttp(uri) || uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
            return Optional.empty();
        }
        boolean bare = uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        return bare ? Optional.of(URI.create(scheme + "://" + uri.getRawAuthority())) : Optional.empty();
    }

    /** The value of a Location field; empty for a relative one and for {@code //host}, which looks like a path. */
    static Optional<String> location(String text) {
        URI uri = parse(text);
        if (uri == null) {
            return Optional.empty();
        }
        boolean path = text.startsWith("/") && !text.startsWith("//");
        boolean absolute = isHttp(uri) && uri.getHost() != null && uri.getRawUserInfo() == null;
        return path || absolute ? Optional.of(uri.toASCIIString()) : Optional.empty();
    }

    /** The path of a location on this host; empty for another host's. */
    static Optional<PathContainer> pathOf(String location) {
        URI uri = location.startsWith("/") ? parse(location) : null;
        return Optional.ofNullable(uri).map(URI::getRawPath).map(PathContainer::parsePath);
    }

    static Optional<String> host(String text) {
        return HOST_NAME.matcher(text).matches() ? Optional.of(text.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    static Optional<String> prefix(String text) {
        return PLAIN_PREFIX.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static boolean isHttp(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    }

    private static @Nullable URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
