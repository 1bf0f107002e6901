package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Flight;
import dev.weir.gateway.coalesce.Flights;
import dev.weir.gateway.coalesce.Lease;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.origin.OriginResponse;
import dev.weir.gateway.policy.Freshness;
import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.Selectors;
import dev.weir.gateway.policy.Storage;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Vary;
import dev.weir.gateway.store.ResponseStore;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** What the head of an answer means: stored and shared, stored for later only, or for the one who asked. */
final class Deciding {

    /** How far the origin may be ahead of the only reader of a response that is not kept. */
    private static final long WINDOW_BYTES = 256 * 1024;

    private final ResponseStore store;
    private final Flights<FlightKey, Arrival> flights;
    private final Landing landing;
    private final FetchNotes notes;

    Deciding(ResponseStore store, Flights<FlightKey, Arrival> flights, Landing landing, FetchNotes notes) {
        this.store = store;
        this.flights = flights;
        this.landing = landing;
        this.notes = notes;
    }

    /** Tells the flight and sets the body going. */
    Mono<Void> at(OriginFetch.Plan plan, OriginResponse response, StoredResponse.Times times, LogPosition position) {
        try {
            decide(plan, response, times, position);
        } catch (RuntimeException fault) {
            response.discard().run(); // nobody else would give its connection back
            throw fault;
        }
        return Mono.empty();
    }

    private void decide(
            OriginFetch.Plan plan, OriginResponse response, StoredResponse.Times times, LogPosition position) {
        ResponseHead head = Storage.dated(response.head(), times);
        Set<Selector> selectors = Selectors.of(plan.key().key(), head.headers());
        Flight<Arrival> flight = plan.flight();
        String reason = Barred.reason(plan, head, selectors);
        if (reason != null) {
            notShared(plan, head, reason);
            Passing passing = new Passing(flight, plan.target().origin().name(), landing.holdup(plan));
            flight.closeAndSlide(WINDOW_BYTES, passing::more);
            flights.remove(plan.key(), flight);
            List<String> varyNames = Vary.of(head.headers(), plan.upstream()).names();
            flight.head(new Arrival.Unshared(head, reason, varyNames, false));
            response.body().subscribe(passing);
            flight.onAbandoned(passing::abandon);
            return;
        }
        StoredResponse.Provenance provenance =
                new StoredResponse.Provenance(position, plan.key().rulesHash(), selectors);
        StoredResponse.Variant variant = Vary.of(head.headers(), plan.upstream());
        boolean isPart = head.status() == 206;
        if (!isPart && Storage.isForAll(plan.upstream(), head, plan.rules())) {
            notes.shareable(plan.key());
            if (!isOfUseElsewhere(plan, head)) {
                plan.tenure().end(Lease.Ending.GIVEN_UP);
            }
            int answered = plan.offer().part() == null ? head.status() : 206;
            ResponseHead own = ArrivingReplies.own(head);
            ResponseHead forAll = ArrivingReplies.forAll(own, plan.rules());
            flight.head(new Arrival.Shared(forAll, own, variant, selectors, answered));
        } else {
            flight.close();
            flights.remove(plan.key(), flight);
            flight.head(new Arrival.Unshared(head, isPart ? "partial" : "cookie", variant.names(), true));
        }
        response.body().subscribe(landing.filling(plan, head, times, provenance));
    }

    /** Whether other replicas that wait for it would find it in the shared tier, and be content with it. */
    private boolean isOfUseElsewhere(OriginFetch.Plan plan, ResponseHead head) {
        return store.isForOthers(Filling.promisedLength(head))
                && !Freshness.of(head, plan.rules()).lifetime().isZero();
    }

    /** All who wait for it, here and at other replicas, are to fetch for themselves, this time and the next ones. */
    private void notShared(OriginFetch.Plan plan, ResponseHead head, String reason) {
        if (head.status() >= 400) {
            plan.tenure().end(Lease.Ending.GIVEN_UP); // trouble passes, and may be of one client's making
            return;
        }
        plan.tenure().end(Lease.Ending.NOT_SHAREABLE);
        notes.notShareable(plan.key(), reason);
    }
}
