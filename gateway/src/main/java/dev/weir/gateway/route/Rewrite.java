package dev.weir.gateway.route;

import java.util.List;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.PathContainer.Element;
import org.springframework.http.server.PathContainer.PathSegment;

/**
 * How the path that the origin is asked for comes from the path that the client asked for.
 *
 * @param stripPrefix whole leading segments to take away, as {@code /shop}; empty: none
 */
public record Rewrite(String stripPrefix) {

    public static final Rewrite NONE = new Rewrite("");

    /**
     * The path for the origin. It always starts with exactly one {@code /} where a prefix was taken away: {@code //host}
     * would name another host to whoever resolves it as a reference (RFC 3986 §4.2). Percent-encoding stays as sent. A
     * path without the prefix is returned as it is.
     *
     * @param path raw, starting with {@code /}
     */
    public String apply(String path) {
        if (stripPrefix.isEmpty()) {
            return path;
        }
        PathContainer raw;
        try {
            raw = PathContainer.parsePath(path);
        } catch (IllegalArgumentException malformedEncoding) {
            return path;
        }
        List<Element> prefix = PathContainer.parsePath(stripPrefix).elements();
        if (!startsWith(raw.elements(), prefix)) {
            return path;
        }
        String rest = raw.subPath(prefix.size()).value();
        int slashes = 0;
        while (slashes < rest.length() && rest.charAt(slashes) == '/') {
            slashes++;
        }
        return '/' + rest.substring(slashes);
    }

    /** Compares as {@link Match} does, so that what was matched is also stripped. */
    private static boolean startsWith(List<Element> path, List<Element> prefix) {
        if (path.size() < prefix.size()) {
            return false;
        }
        for (int i = 0; i < prefix.size(); i++) {
            if (!matched(path.get(i)).equals(matched(prefix.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static String matched(Element element) {
        return element instanceof PathSegment segment ? segment.valueToMatch() : element.value();
    }
}
