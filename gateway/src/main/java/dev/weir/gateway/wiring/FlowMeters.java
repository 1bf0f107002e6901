package dev.weir.gateway.wiring;

import dev.weir.gateway.encode.Recompressor;
import dev.weir.gateway.flow.CoalesceCounts;
import dev.weir.gateway.flow.FlowParts;
import dev.weir.gateway.flow.RequestFlow;
import dev.weir.gateway.observe.Meters;
import dev.weir.gateway.origin.OriginCalls;
import dev.weir.gateway.tunnel.Tunnels;

/** Publishes what the walk counts. */
final class FlowMeters {

    private FlowMeters() {}

    static void publish(Meters meters, RequestFlow flow, FlowParts parts) {
        meters.level("weir.flights", "Fetches under way that others can join", flow, RequestFlow::flightCount);
        meters.level("weir.flights.members", "Requests that share a fetch", flow, RequestFlow::memberCount);
        meters.level("weir.inflight.bytes", "Bytes of bodies under way to the store", flow, RequestFlow::inFlightBytes);
        meters.level("weir.tunnels", "Connections that have left HTTP, or ask to", parts.tunnels(), Tunnels::count);
        coalescing(meters, flow.coalesceCounts());
        OriginCalls origins = parts.origins();
        meters.counting("weir.origin.requests", "Requests sent to origins", origins, OriginCalls::sentInAll);
        meters.counting(
                "weir.origin.second.attempts",
                "Fetches tried a second time: the first was slow or broke off",
                origins,
                OriginCalls::secondAttempts);
        Recompressor codings = parts.recompressor();
        meters.level("weir.encode.queue", "Responses waiting for their codings", codings, Recompressor::queued);
        meters.counting("weir.encode.skipped", "Responses left in identity", codings, Recompressor::skipped);
    }

    private static void coalescing(Meters meters, CoalesceCounts counts) {
        meters.counting("weir.coalesce.joined", "Requests that joined a fetch", counts, CoalesceCounts::joined);
        meters.counting(
                "weir.coalesce.turned.away",
                "Requests answered 503: too many waited for the same",
                counts,
                CoalesceCounts::turnedAway);
        meters.counting(
                "weir.coalesce.impatient",
                "Waits for another's fetch that took as long as a request may wait",
                counts,
                CoalesceCounts::impatient);
        meters.counting(
                "weir.coalesce.not.shareable",
                "Requests that did not wait: the last answer could not be shared",
                counts,
                CoalesceCounts::notShareable);
        meters.counting(
                "weir.coalesce.failed.lately",
                "Requests answered by a failure of a moment ago",
                counts,
                CoalesceCounts::failedLately);
        meters.counting("weir.coalesce.leases", "Fetches made for all replicas", counts, CoalesceCounts::leases);
        meters.counting(
                "weir.coalesce.waits",
                "Fetches that waited for another replica's",
                counts,
                CoalesceCounts::waitsForOthers);
        meters.counting(
                "weir.coalesce.waits.in.vain",
                "Waits for another replica that brought nothing",
                counts,
                CoalesceCounts::waitsInVain);
        meters.counting(
                "weir.coalesce.lingered",
                "Fetches given up because all who wanted them had left",
                counts,
                CoalesceCounts::lingered);
        meters.counting(
                "weir.coalesce.outgrown",
                "Bodies not stored: more than may be, alone or with all under way",
                counts,
                CoalesceCounts::outgrown);
    }
}
