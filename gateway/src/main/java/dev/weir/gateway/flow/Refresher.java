package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Flights;
import dev.weir.gateway.policy.StoredResponse;

/**
 * Brings a stale stored response up to date behind the client's back (RFC 5861 §3). Nobody waits for it, so its flight
 * has a member only for as long as it takes to start; one refresh at a time for each variant.
 */
final class Refresher {

    private final Flights<FlightKey, Arrival> flights;
    private final OriginFetch fetch;

    Refresher(Flights<FlightKey, Arrival> flights, OriginFetch fetch) {
        this.flights = flights;
        this.fetch = fetch;
    }

    void refresh(Walk walk, StoredResponse stale) {
        FlightKey key = new FlightKey(walk.key(), stale.variant(), walk.rulesHash(), walk.isCredentialed(), false);
        // What stands under another query is no measure for this one: it is fetched whole
        StoredResponse known = stale.key().equals(walk.key()) ? stale : null;
        Flights.Joined<Arrival> joined = flights.join(key, Runnable::run, flight -> true);
        if (joined.started()) {
            fetch.start(new OriginFetch.Plan(
                    key, joined.member().flight(), Fetch.of(walk, Fetch.Purpose.REFRESH), Offer.of(known)));
        }
        joined.member().leave();
    }
}
