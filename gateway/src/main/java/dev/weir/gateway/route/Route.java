package dev.weir.gateway.route;

import dev.weir.gateway.policy.CacheRules;

/**
 * One rule of the table: which requests, what is done with them, and how it is cached.
 *
 * @param id unique in the table; what logs, metrics and errors call it
 * @param rewrite applies to {@link Action.ToOrigin} only
 * @param cache applies to {@link Action.ToOrigin} only
 * @param coalescing applies to {@link Action.ToOrigin} only
 */
public record Route(String id, Match match, Action action, Rewrite rewrite, CacheRules cache, Coalescing coalescing) {

    /** A route to an origin with no rewrite and the default cache rules. */
    public static Route toOrigin(String id, String pathPattern, String origin) {
        return new Route(
                id,
                Match.path(pathPattern),
                new Action.ToOrigin(origin),
                Rewrite.NONE,
                CacheRules.DEFAULT,
                Coalescing.DEFAULT);
    }
}
