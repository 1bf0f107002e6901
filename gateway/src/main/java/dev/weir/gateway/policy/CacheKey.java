package dev.weir.gateway.policy;

import dev.weir.gateway.http.Request;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The primary cache key (RFC 9111 §2): the normalised target URI. Compared whole, never by a hash of it.
 *
 * <p>Two spellings share a key only where RFC 3986 §6.2.2 and RFC 9110 §4.2.3 call them equal and no origin in its right
 * mind differs: case of scheme and host, a dot at the host's end, the default port, case of percent-encoding, and encoded letters, digits,
 * {@code -}, {@code _} and {@code ~}. Dots stay as they are sent: {@code /a/%2E%2E/b}, {@code /a/../b} and {@code /b}
 * are three keys, since servers disagree about them and that is what cache poisoning is made of.
 *
 * @param host lower case, the scheme's default port dropped
 * @param query normalised by the route; null where there is none
 */
public record CacheKey(
        String scheme, String host, String path, @Nullable String query) {

    /** The key of what that request targets. */
    public static CacheKey of(Request request) {
        String scheme = request.scheme().toLowerCase(Locale.ROOT);
        String path = request.path().isEmpty() ? "/" : request.path(); // RFC 9110 §4.2.3
        String query = request.query();
        return new CacheKey(
                scheme,
                host(scheme, request.authority()),
                normalEncoding(path),
                query == null ? null : normalEncoding(query));
    }

    /** The key by a route's rules; the origin is to be asked by this key's query (see {@link CacheRules.Query}). */
    public static CacheKey of(Request request, CacheRules rules) {
        CacheKey whole = of(request);
        return whole.withQuery(QueryRules.reduce(whole.query(), rules.query()));
    }

    /** The same with another query; null for none. */
    public CacheKey withQuery(@Nullable String other) {
        return new CacheKey(scheme, host, path, other);
    }

    /** The key as a URL; also what a url selector names. */
    public String url() {
        return query == null ? urlWithoutQuery() : urlWithoutQuery() + '?' + query;
    }

    public String urlWithoutQuery() {
        return origin() + path;
    }

    /** Scheme, host and port: the origin of RFC 9110 §4.3.1. */
    String origin() {
        return scheme + "://" + host;
    }

    /** The host without its port. */
    String hostname() {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host; // [::1] has colons of its own
    }

    // RFC 3986 §6.2.2.1, RFC 9110 §4.2.3: case and the default port; RFC 1034 §3.1: the root's dot
    private static String host(String scheme, String authority) {
        String host = authority.toLowerCase(Locale.ROOT);
        String defaultPort = switch (scheme) {
            case "http" -> ":80";
            case "https" -> ":443";
            default -> ":";
        };
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']'); // [::1] has colons of its own
        String name = hasPort ? host.substring(0, colon) : host;
        String port = hasPort ? host.substring(colon) : "";
        String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return port.equals(":") || port.equals(defaultPort) ? plain : plain + port;
    }

    /**
     * RFC 3986 §6.2.2.1 and §6.2.2.2, less the dot: upper-case hex digits; what needs no encoding has none. A text with
     * a percent sign that encodes nothing stays wholly as it is: decoding beside it could make an encoding that nobody
     * sent ({@code %%41A} would become {@code %AA}).
     */
    private static String normalEncoding(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder normal = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '%') {
                normal.append(text.charAt(i));
                continue;
            }
            int octet = octet(text, i + 1);
            if (octet < 0) {
                return text;
            }
            if (isPlain(octet)) {
                normal.append((char) octet);
            } else {
                normal.append(text.substring(i, i + 3).toUpperCase(Locale.ROOT));
            }
            i += 2;
        }
        return normal.toString();
    }

    private static int octet(String text, int at) {
        if (at + 2 > text.length()) {
            return -1;
        }
        int high = hex(text.charAt(at));
        int low = hex(text.charAt(at + 1));
        return high < 0 || low < 0 ? -1 : 16 * high + low;
    }

    private static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static boolean isPlain(int c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '~';
    }
}
