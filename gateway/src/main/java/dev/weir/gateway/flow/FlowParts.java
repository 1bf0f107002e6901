package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Lease;
import dev.weir.gateway.encode.Recompressor;
import dev.weir.gateway.origin.OriginCalls;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.Invalidations;
import dev.weir.gateway.store.ResponseStore;
import dev.weir.gateway.tunnel.Tunnels;
import java.time.Clock;
import java.time.Duration;

/**
 * What the walk is made of.
 *
 * @param showsKeys whether Cache-Status tells each response's cache key
 */
public record FlowParts(
        ResponseStore store,
        Generations generations,
        Invalidations invalidations,
        OriginCalls origins,
        Tunnels tunnels,
        Lease lease,
        Recompressor recompressor,
        Clock clock,
        Bounds bounds,
        boolean showsKeys) {

    /**
     * What keeps bodies under way from taking too much.
     *
     * @param maxInFlightBytes how many bytes of bodies that are to be stored may be under way at a time; past it a body
     *     is streamed and not stored
     * @param stallTimeout for how long a client that reads nothing may hold up a body that is streamed and not stored
     */
    public record Bounds(long maxInFlightBytes, Duration stallTimeout) {}
}
