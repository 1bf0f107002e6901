package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import java.util.HashSet;
import java.util.Set;

/** Fields that speak of one connection or one hop (RFC 9110 §7.6.1): neither forwarded nor stored (RFC 9111 §3.1). */
final class HopByHop {

    /** Lower case. The last three are for the next proxy (RFC 9110 §11.7); RFC 9111 §3.1 forbids storing them. */
    private static final Set<String> NAMES = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization");

    /** A Connection that names these is in error (RFC 9110 §7.6.1): dropping them would change what a message means. */
    private static final Set<String> NEVER_LISTED = Set.of("cache-control", "host");

    /** Fields by which an origin speaks to the cache in front of it; lower case. */
    static final Set<String> FOR_WEIR = Set.of("surrogate-key", "cache-tag", "weir-cache-control");

    private HopByHop() {}

    static Headers strip(Headers headers) {
        String connection = headers.list("Connection");
        if (connection == null) {
            return headers.without(NAMES);
        }
        Set<String> names = new HashSet<>(NAMES);
        names.addAll(FieldLists.names(connection));
        names.removeAll(NEVER_LISTED);
        return headers.without(names);
    }
}
