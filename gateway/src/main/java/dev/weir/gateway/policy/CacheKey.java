package dev.weir.gateway.policy;

import org.jspecify.annotations.Nullable;

/**
 * The primary cache key (RFC 9111 §2): the normalised target URI. Compared whole, never by a hash of it.
 *
 * @param host lower case, the scheme's default port dropped
 * @param query normalised by the route; null where there is none
 */
public record CacheKey(
        String scheme, String host, String path, @Nullable String query) {

    /** The key as a URL; also what a url selector names. */
    public String url() {
        return query == null ? urlWithoutQuery() : urlWithoutQuery() + '?' + query;
    }

    public String urlWithoutQuery() {
        return scheme + "://" + host + path;
    }
}
