package dev.weir.gateway.flow;

import dev.weir.gateway.encode.Recompressor;
import dev.weir.gateway.origin.Origins;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.PurgeLog;
import dev.weir.gateway.store.ResponseStore;
import java.time.Clock;

/**
 * What the walk is made of.
 *
 * @param maxInFlightBytes how many bytes of bodies that are to be stored may be under way at a time; past it a body is
 *     streamed and not stored
 */
public record FlowParts(
        ResponseStore store,
        Generations generations,
        PurgeLog log,
        Origins origins,
        Recompressor recompressor,
        Clock clock,
        long maxInFlightBytes) {}
