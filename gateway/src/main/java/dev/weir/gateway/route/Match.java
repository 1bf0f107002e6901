package dev.weir.gateway.route;

import java.util.Locale;
import java.util.Optional;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which requests a route takes.
 *
 * @param path a pattern over the whole path, segment by segment; segments are compared decoded and without their {@code
 *     ;parameters}, so {@code /%62log} is {@code /blog}
 * @param host the host asked for, in lower case and without port; empty: any
 */
public record Match(PathPattern path, Optional<String> host) {

    public Match {
        host = host.map(name -> name.toLowerCase(Locale.ROOT));
    }

    /**
     * Any host, that path.
     *
     * @throws org.springframework.web.util.pattern.PatternParseException if it is no pattern
     */
    public static Match path(String pattern) {
        return new Match(PathPatternParser.defaultInstance.parse(pattern), Optional.empty());
    }

    boolean matches(PathContainer requestPath, String requestHost) {
        return (host.isEmpty() || host.get().equals(requestHost)) && path.matches(requestPath);
    }

    /**
     * Whether each request that the other takes is surely taken by this one. False where that is not easily decided: only
     * equal patterns and {@code /literal/**} are understood.
     */
    boolean covers(Match other) {
        if (host.isPresent() && !host.equals(other.host)) {
            return false;
        }
        String mine = path.getPatternString();
        String theirs = other.path.getPatternString();
        if (mine.equals(theirs)) {
            return true;
        }
        if (!mine.endsWith("/**")) {
            return false;
        }
        String prefix = mine.substring(0, mine.length() - 3);
        boolean literal = prefix.chars().noneMatch(c -> c == '*' || c == '?' || c == '{');
        return literal && (theirs.equals(prefix) || theirs.startsWith(prefix + '/'));
    }

    /** The pattern, after the host where one is asked for. */
    @Override
    public String toString() {
        return host.orElse("") + path.getPatternString();
    }
}
