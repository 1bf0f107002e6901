package dev.weir.gateway.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/** Reads {@code match} of one route after the other and knows what the earlier ones take. */
final class MatchReader {

    private static final String MATCH = "a mapping such as { path: \"/blog/**\" }";
    private static final String PATH = "a path pattern such as \"/blog/**\", starting with /";

    private final List<Placed> before = new ArrayList<>();

    private record Placed(Match match, String name) {}

    /**
     * The match; empty where it can't be read. Everything wrong is reported.
     *
     * @param name what to call this route when a later one collides with it
     */
    Optional<Match> read(Section route, String name) {
        Optional<Value> value = route.require("match", MATCH);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Section section = value.get().section("match", MATCH).only("path", "host");
        Optional<Value> path = section.require("path", PATH);
        Optional<PathPattern> pattern = path.flatMap(MatchReader::pattern);
        Optional<String> host = section.get("host").flatMap(v -> v.read(Addresses::host, Addresses.HOST));
        if (path.isEmpty() || pattern.isEmpty() || (section.has("host") && host.isEmpty())) {
            return Optional.empty();
        }
        Match match = new Match(pattern.get(), host);
        reportShadowed(match, path.get());
        before.add(new Placed(match, name));
        return Optional.of(match);
    }

    private static Optional<PathPattern> pattern(Value path) {
        Optional<String> text = path.read(pattern -> Optional.of(pattern).filter(p -> p.startsWith("/")), PATH);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.get().indexOf('%') >= 0 || text.get().indexOf(';') >= 0) {
            path.reject("a pattern in decoded form and without parameters: paths are compared so");
            return Optional.empty();
        }
        try {
            return Optional.of(PathPatternParser.defaultInstance.parse(text.get()));
        } catch (PatternParseException e) {
            String reason =
                    e.getCause() instanceof PatternSyntaxException regex ? regex.getDescription() : e.getMessage();
            path.reject("a path pattern; at character " + (e.getPosition() + 1) + ": " + reason);
        } catch (PatternSyntaxException e) {
            // the parser lets it through where several captures share a segment
            path.reject("a path pattern with sound regular expressions: " + e.getDescription());
        }
        return Optional.empty();
    }

    private void reportShadowed(Match match, Value path) {
        before.stream()
                .filter(earlier -> earlier.match().covers(match))
                .findFirst()
                .ifPresent(earlier -> path.reject("a path that no earlier route takes whole; " + earlier.name()
                        + " takes " + earlier.match() + " first, so this route can never match"));
    }

    /** Whether a request for that location comes back to the match read last, with no earlier one before it. */
    boolean isLoop(Match last, String location) {
        Optional<PathContainer> path = Addresses.pathOf(location);
        if (path.isEmpty() || !last.path().matches(path.get())) {
            return false;
        }
        return before.subList(0, before.size() - 1).stream()
                .noneMatch(earlier -> earlier.match().path().matches(path.get()));
    }
}
