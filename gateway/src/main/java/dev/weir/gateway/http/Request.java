package dev.weir.gateway.http;

import org.jspecify.annotations.Nullable;

/**
 * The head of a request, its target split up (RFC 9110 §7.1); the body travels beside it.
 *
 * @param method as sent; methods are case-sensitive (RFC 9110 §9.1)
 * @param scheme {@code http} or {@code https}: how the client reached the gateway
 * @param authority host and, if not the scheme's default, port, as the client named them
 * @param path the raw path, percent-encoding as sent, starting with {@code /}
 * @param query the raw query without {@code ?}; null where there was none ({@code /a?} has an empty one)
 */
public record Request(
        String method,
        String scheme,
        String authority,
        String path,
        @Nullable String query,
        Headers headers) {

    /** Path and query as they stand in a request line. */
    public String target() {
        return query == null ? path : path + '?' + query;
    }

    /** The absolute URI asked for. */
    public String url() {
        return scheme + "://" + authority + target();
    }

    public boolean isGet() {
        return method.equals("GET");
    }

    public boolean isHead() {
        return method.equals("HEAD");
    }

    /** Safe methods change nothing at the origin (RFC 9110 §9.2.1). */
    public boolean isSafe() {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE" -> true;
            default -> false;
        };
    }

    public Request withHeaders(Headers other) {
        return new Request(method, scheme, authority, path, query, other);
    }

    public Request withPath(String other) {
        return new Request(method, scheme, authority, other, query, headers);
    }
}
