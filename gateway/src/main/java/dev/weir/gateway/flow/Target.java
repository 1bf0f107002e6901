package dev.weir.gateway.flow;

import dev.weir.gateway.origin.OriginSettings;
import dev.weir.gateway.policy.CacheRules;
import dev.weir.gateway.route.Action;
import dev.weir.gateway.route.OriginSpec;
import dev.weir.gateway.route.Route;
import dev.weir.gateway.route.RouteTable;

/**
 * A route to an origin with all that the walk needs of it, worked out once a table.
 *
 * @param rulesHash of the route's cache rules
 */
record Target(Route route, OriginSettings origin, String rulesHash) {

    static Target of(RouteTable table, Route route, Action.ToOrigin action) {
        OriginSpec spec = table.origin(action.origin());
        OriginSettings settings = new OriginSettings(
                spec.name(),
                spec.urls(),
                new OriginSettings.Timeouts(
                        spec.timeouts().connect(),
                        spec.timeouts().response(),
                        spec.timeouts().total()),
                spec.connections().max(),
                spec.connections().maxPending());
        return new Target(route, settings, route.cache().hash());
    }

    String id() {
        return route.id();
    }

    CacheRules rules() {
        return route.cache();
    }
}
