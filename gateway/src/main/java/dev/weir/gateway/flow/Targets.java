package dev.weir.gateway.flow;

import dev.weir.gateway.origin.OriginSettings;
import dev.weir.gateway.route.Action;
import dev.weir.gateway.route.Route;
import dev.weir.gateway.route.RouteTable;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;

/** The table on duty with its targets; replaced as a whole when the table is. */
final class Targets {

    private final RouteTable table;
    private final IdentityHashMap<Route, Target> targets = new IdentityHashMap<>();

    Targets(RouteTable table) {
        this.table = table;
        for (Route route : table.routes()) {
            if (route.action() instanceof Action.ToOrigin action) {
                targets.put(route, Target.of(table, route, action));
            }
        }
    }

    RouteTable table() {
        return table;
    }

    Target of(Route route) {
        return Objects.requireNonNull(targets.get(route), route.id());
    }

    Set<OriginSettings> origins() {
        Collection<Target> all = targets.values();
        Set<OriginSettings> origins = new HashSet<>();
        all.forEach(target -> origins.add(target.origin()));
        return origins;
    }
}
