package dev.weir.gateway.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one table says differently from another.
 *
 * @param reordered the routes that both have are asked in another order
 */
public record TableChanges(Changes routes, Changes origins, boolean reordered) {

    /** Names that came, went, or mean something else now; each in the order of its file. */
    public record Changes(List<String> added, List<String> removed, List<String> changed) {
        /** Copies the lists. */
        public Changes {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
            changed = List.copyOf(changed);
        }

        boolean none() {
            return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
        }

        private static <T> Changes between(Map<String, T> before, Map<String, T> after) {
            List<String> added = new ArrayList<>(after.keySet());
            added.removeAll(before.keySet());
            List<String> removed = new ArrayList<>(before.keySet());
            removed.removeAll(after.keySet());
            List<String> changed = new ArrayList<>();
            after.forEach((name, value) -> {
                @Nullable T was = before.get(name);
                if (was != null && !was.equals(value)) {
                    changed.add(name);
                }
            });
            return new Changes(added, removed, changed);
        }

        @Override
        public String toString() {
            List<String> words = new ArrayList<>();
            added.forEach(name -> words.add("+" + name));
            removed.forEach(name -> words.add("-" + name));
            changed.forEach(name -> words.add("~" + name));
            return String.join(" ", words);
        }
    }

    /** The way from one table to the other. */
    public static TableChanges between(RouteTable before, RouteTable after) {
        Map<String, Route> was = byId(before);
        Map<String, Route> is = byId(after);
        List<String> oldOrder = new ArrayList<>(was.keySet());
        List<String> newOrder = new ArrayList<>(is.keySet());
        oldOrder.retainAll(is.keySet());
        newOrder.retainAll(was.keySet());
        return new TableChanges(
                Changes.between(was, is),
                Changes.between(before.origins(), after.origins()),
                !oldOrder.equals(newOrder));
    }

    private static Map<String, Route> byId(RouteTable table) {
        return table.routes().stream()
                .collect(Collectors.toMap(Route::id, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }

    /** Whether both tables mean the same. */
    public boolean none() {
        return routes.none() && origins.none() && !reordered;
    }

    /** For the log: {@code routes +new -gone ~other; origins ~blog; routes in another order}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (!routes.none()) {
            parts.add("routes " + routes);
        }
        if (!origins.none()) {
            parts.add("origins " + origins);
        }
        if (reordered) {
            parts.add("routes in another order");
        }
        return parts.isEmpty() ? "nothing" : String.join("; ", parts);
    }
}
