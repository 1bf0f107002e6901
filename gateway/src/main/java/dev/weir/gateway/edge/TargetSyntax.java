package dev.weir.gateway.edge;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is taken for a host, a path and a query. Host and path by the letter of RFC 3986: by them requests are sorted, to
 * routes, to keys, to purges, so what is malformed there is refused. A query only goes on to the origin; browsers send
 * some characters in it that no URI has, and a percent sign that encodes nothing, so it is taken as it comes.
 */
final class TargetSyntax {

    private static final Pattern SLASH = Pattern.compile("/");

    /** RFC 3986 §3.2.2, §3.2.3, without user information (RFC 9110 §4.2.4) and IPvFuture, which names nothing yet. */
    private static final Pattern AUTHORITY = Pattern.compile(
            "(\\[[0-9A-Fa-f:.]{2,45}]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})++)(?::([0-9]{0,5}))?");

    private static final int LONGEST_AUTHORITY = 261; // a name of 255 octets, a colon and a port

    private static final int HIGHEST_PORT = 65_535;

    /** What a path has besides letters and digits: unreserved, sub-delims, {@code :@} (RFC 3986 §3.3), the slash. */
    private static final String PATH_MARKS = "/-._~!$&'()*+,;=:@";

    private TargetSyntax() {}

    /**
     * Host and port, an empty port dropped (RFC 3986 §6.2.3), and so is the dot that ends a name written to its root (RFC
     * 1034 §3.1): it names the same host. Null where it is none.
     */
    static @Nullable String authority(String text) {
        var read = AUTHORITY.matcher(text);
        if (text.length() > LONGEST_AUTHORITY || !read.matches()) {
            return null;
        }
        String host = read.group(1);
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (name.isEmpty() || name.endsWith(".")) {
            return null;
        }
        String port = read.group(2);
        if (port == null || port.isEmpty()) {
            return name;
        }
        return Integer.parseInt(port) <= HIGHEST_PORT ? name + ':' + port : null;
    }

    /** RFC 3986 §3.3: of its characters alone, each percent sign before two hex digits, no dot segment. */
    static boolean isPath(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean valid = c == '%'
                    ? isHex(path, i + 1) && isHex(path, i + 2)
                    : isLetterOrDigit(c) || PATH_MARKS.indexOf(c) >= 0;
            if (!valid) {
                return false;
            }
        }
        return !hasDotSegment(path);
    }

    /** Visible ASCII without a fragment. */
    static boolean isQuery(String query) {
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a path goes up or nowhere, in any spelling (RFC 3986 §5.2.4). Clients resolve these before they ask; a path
     * that still has them means one thing to the routes and may mean another to the origin.
     */
    private static boolean hasDotSegment(String path) {
        for (String segment : SLASH.split(path, -1)) {
            String plain =
                    segment.length() > 6 ? segment : segment.replace("%2e", ".").replace("%2E", ".");
            if (plain.equals(".") || plain.equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHex(String text, int at) {
        return at < text.length() && text.charAt(at) < 0x80 && Character.digit(text.charAt(at), 16) >= 0;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
