package dev.weir.gateway.route;

import dev.weir.gateway.policy.CacheRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the items of {@code routes}, each with regard to the ones before it. */
final class RouteReader {

    static final String NAME = "a name of letters, digits, '-', '_' and '.', at most 64";

    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final MatchReader matches = new MatchReader();
    private final ActionReader actions;
    private final Map<String, Integer> lines = new HashMap<>();

    /** A reader of routes to origins of these names. */
    RouteReader(Set<String> origins) {
        this.actions = new ActionReader(origins);
    }

    /** The text itself if it can name a route or an origin. */
    static Optional<String> name(String text) {
        return NAMES.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    /** The route; empty where it can't be made whole. Everything wrong is reported. */
    Optional<Route> read(Value item) {
        Section route = item.section("", "a mapping with id, match and origin or redirect")
                .only("id", "match", "origin", "redirect", "rewrite", "cache", "coalesce");
        Optional<String> id = id(route, item.line());
        Optional<Match> match = matches.read(route, id.orElse("the route") + " in line " + item.line());
        Optional<Action> action =
                actions.read(route, location -> match.isPresent() && matches.isLoop(match.get(), location));
        Rewrite rewrite = route.get("rewrite").map(RouteReader::rewrite).orElse(Rewrite.NONE);
        CacheRules cache = route.get("cache").map(CacheReader::read).orElse(CacheRules.DEFAULT);
        Coalescing coalescing =
                route.get("coalesce").map(CoalescingReader::read).orElse(Coalescing.DEFAULT);
        if (id.isEmpty() || match.isEmpty() || action.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Route(id.get(), match.get(), action.get(), rewrite, cache, coalescing));
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

    private static Rewrite rewrite(Value value) {
        return value.section("rewrite", "a mapping such as { strip-prefix: /shop }")
                .only("strip-prefix")
                .get("strip-prefix")
                .flatMap(v -> v.read(Addresses::prefix, Addresses.PREFIX))
                .map(Rewrite::new)
                .orElse(Rewrite.NONE);
    }
}
