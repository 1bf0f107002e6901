package dev.weir.gateway.route;

import dev.weir.gateway.policy.CacheRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/** Reads the items of {@code routes} and checks each against the ones before it. */
final class RouteReader {

    static final String NAME = "a name of letters, digits, '-', '_' and '.', at most 64";

    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    private static final int DEFAULT_STATUS = 302;

    private final Set<String> origins;
    private final List<Placed> before = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    /** A reader of routes to origins of these names. */
    RouteReader(Set<String> origins) {
        this.origins = origins;
    }

    private record Placed(Match match, String name) {}

    static Optional<String> name(String text) {
        return NAMES.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    /** The route; empty where it can't be made whole. Everything wrong is reported. */
    Optional<Route> read(Value item) {
        Section route = item.section("", "a mapping with id, match and origin or redirect")
                .only("id", "match", "origin", "redirect", "rewrite", "cache");
        Optional<String> id = id(route, item.line());
        Optional<Match> match = match(route, id.orElse("the route") + " in line " + item.line());
        Optional<Action> action = action(route);
        Rewrite rewrite = route.get("rewrite").map(RouteReader::rewrite).orElse(Rewrite.NONE);
        CacheRules cache = route.get("cache").map(CacheReader::read).orElse(CacheRules.DEFAULT);
        if (id.isEmpty() || match.isEmpty() || action.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Route(id.get(), match.get(), action.get(), rewrite, cache));
    }

    private Optional<String> id(Section route, int line) {
        Optional<Value> value = route.require("id", NAME);
        Optional<String> id = value.flatMap(v -> v.read(RouteReader::name, NAME));
        id.ifPresent(name -> {
            Integer first = lines.putIfAbsent(name, line);
            if (first != null) {
                value.get().reject("an id of its own; the route in line " + first + " has this one");
            }
        });
        return id;
    }

    private Optional<Match> match(Section route, String name) {
        Optional<Value> value = route.require("match", "a mapping such as { path: \"/blog/**\" }");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Section section = value.get()
                .section("match", "a mapping such as { path: \"/blog/**\" }")
                .only("path", "host");
        Optional<Value> path = section.require("path", "a path pattern such as \"/blog/**\"");
        Optional<String> host = section.get("host").flatMap(v -> v.read(Addresses::host, Addresses.HOST));
        Optional<Match> match = path.flatMap(RouteReader::pattern).map(pattern -> new Match(pattern, host));
        match.ifPresent(mine -> {
            before.stream()
                    .filter(earlier -> earlier.match().covers(mine))
                    .findFirst()
                    .ifPresent(earlier -> path.get()
                            .reject("a path that no earlier route takes whole; " + earlier.name() + " takes "
                                    + earlier.match() + " first, so this route can never match"));
            before.add(new Placed(mine, name));
        });
        return match;
    }

    private static Optional<PathPattern> pattern(Value path) {
        Optional<String> text = path.read(
                pattern -> Optional.of(pattern).filter(p -> p.startsWith("/")),
                "a path pattern such as \"/blog/**\", starting with /");
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
            path.reject("a path pattern; at character " + (e.getPosition() + 1) + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Action> action(Section route) {
        Optional<Value> origin = route.get("origin");
        Optional<Value> redirect = route.get("redirect");
        if (origin.isEmpty() && redirect.isEmpty()) {
            route.missing("origin", "an origin's name, or redirect in its place");
        }
        if (redirect.isPresent()) {
            for (String other : List.of("origin", "rewrite", "cache")) {
                if (route.has(other)) {
                    route.reportKey(other, "beside redirect", "one or the other: a redirect asks no origin");
                }
            }
            return redirect.flatMap(RouteReader::redirect);
        }
        return origin.flatMap(this::toOrigin);
    }

    private Optional<Action> toOrigin(Value value) {
        Optional<String> name = value.text("an origin's name");
        if (name.isPresent() && !origins.contains(name.get())) {
            String expected = origins.isEmpty()
                    ? "an entry below origins"
                    : Nearest.to(name.get(), origins).orElse("one of " + String.join(", ", origins));
            value.report(Value.quoted(name.get()) + " is no origin", expected);
        }
        return name.map(Action.ToOrigin::new);
    }

    private static Optional<Action> redirect(Value value) {
        Section redirect =
                value.section("redirect", "a mapping such as { to: /blog/ }").only("to", "status");
        int status = redirect.get("status")
                .flatMap(v -> v.read(
                        text -> Numbers.whole(text, 300, 399).filter(STATUSES::contains), "301, 302, 303, 307 or 308"))
                .orElse(DEFAULT_STATUS);
        return redirect.require("to", Addresses.LOCATION)
                .flatMap(v -> v.read(Addresses::location, Addresses.LOCATION))
                .map(to -> new Action.Redirect(status, to));
    }

    private static Rewrite rewrite(Value value) {
        return value.section("rewrite", "a mapping such as { strip-prefix: /shop }")
                .only("strip-prefix")
                .get("strip-prefix")
                .flatMap(v -> v.read(Addresses::prefix, Addresses.PREFIX))
                .map(Rewrite::new)
                .orElse(Rewrite.NONE);
    }
}
