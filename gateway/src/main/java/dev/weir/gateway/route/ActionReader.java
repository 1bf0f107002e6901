package dev.weir.gateway.route;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads {@code origin} or {@code redirect} of a route. */
final class ActionReader {

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    private static final int DEFAULT_STATUS = 302;

    private final Set<String> origins;

    ActionReader(Set<String> origins) {
        this.origins = origins;
    }

    /**
     * The action; empty where it can't be read. Everything wrong is reported.
     *
     * @param isLoop whether a redirection to that location would come back to the same route
     */
    Optional<Action> read(Section route, Predicate<String> isLoop) {
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
            return redirect(redirect.get(), isLoop);
        }
        return origin.flatMap(this::toOrigin);
    }

    private Optional<Action> toOrigin(Value value) {
        Optional<String> name = value.text("an origin's name");
        if (name.isPresent() && !origins.contains(name.get())) {
            value.report(
                    Value.quoted(name.get()) + " is no origin" + Nearest.question(name.get(), origins),
                    origins.isEmpty() ? "an entry below origins" : Nearest.oneOf(origins));
        }
        return name.map(Action.ToOrigin::new);
    }

    private static Optional<Action> redirect(Value value, Predicate<String> isLoop) {
        Section redirect =
                value.section("redirect", "a mapping such as { to: /blog/ }").only("to", "status");
        int status = redirect.get("status")
                .flatMap(v -> v.read(
                        text -> Numbers.whole(text, 300, 399).filter(STATUSES::contains), "301, 302, 303, 307 or 308"))
                .orElse(DEFAULT_STATUS);
        Optional<Value> to = redirect.require("to", Addresses.LOCATION);
        Optional<String> location = to.flatMap(v -> v.read(Addresses::location, Addresses.LOCATION));
        if (to.isPresent() && location.filter(isLoop).isPresent()) {
            to.get().reject("another place: this route takes that path too, so the redirection would never end");
        }
        return location.map(where -> new Action.Redirect(status, where));
    }
}
