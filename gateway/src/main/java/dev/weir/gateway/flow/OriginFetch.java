package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Flight;
import dev.weir.gateway.coalesce.Flights;
import dev.weir.gateway.coalesce.Lease;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.origin.OriginCalls;
import dev.weir.gateway.origin.OriginFailure;
import dev.weir.gateway.origin.OriginResponse;
import dev.weir.gateway.policy.CacheRules;
import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Reuse;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Trust;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.store.Held;
import dev.weir.gateway.store.ResponseStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * Gets a flight going: memory once more, the shared tier, then the origin. What its answer means {@link Deciding} says, and of a
 * 304 {@link Confirming}.
 *
 * <p>It works for the flight, never for a client: nothing a client does cancels it, except that all leaving makes an answer
 * that can't be stored pointless.
 */
final class OriginFetch {

    private static final Logger LOG = LoggerFactory.getLogger(OriginFetch.class);

    private final ResponseStore store;
    private final Generations generations;
    private final OriginCalls origins;
    private final Flights<FlightKey, Arrival> flights;
    private final Landing landing;
    private final Clock clock;
    private final FetchNotes notes;
    private final SharedLookup shared;
    private final Linger linger;
    private final Deciding deciding;
    private final Confirming confirming;

    OriginFetch(FlowParts parts, Flights<FlightKey, Arrival> flights, Landing landing, FetchNotes notes) {
        this.notes = notes;
        this.shared = new SharedLookup(parts.store(), parts.lease(), notes);
        this.linger = new Linger(notes.counts());
        this.store = parts.store();
        this.generations = parts.generations();
        this.origins = parts.origins();
        this.clock = parts.clock();
        this.flights = flights;
        this.landing = landing;
        this.deciding = new Deciding(store, flights, landing, notes);
        this.confirming = new Confirming(store, parts.invalidations(), landing);
    }

    /**
     * One fetch as its flight needs it.
     *
     * @param offer what a 304 could confirm
     */
    record Plan(FlightKey key, Flight<Arrival> flight, Fetch fetch, Offer offer) {

        Target target() {
            return fetch.target();
        }

        CacheRules rules() {
            return target().rules();
        }

        Request upstream() {
            return fetch.upstream();
        }

        Tenure tenure() {
            return fetch.tenure();
        }

        Plan offering(Offer other) {
            return new Plan(key, flight, fetch, other);
        }
    }

    /** Starts the fetch and returns at once; all that happens is told to the flight. */
    void start(Plan plan) {
        try {
            begin(plan);
        } catch (RuntimeException fault) {
            failed(plan, fault); // or the flight would stay in the air with nobody at work for it
        }
    }

    private void begin(Plan plan) {
        Held landed = plan.key().atOrigin()
                ? null
                : store.inMemory(plan.key().key(), plan.upstream(), plan.key().rulesHash());
        if (landed != null && landed.stored().status() != 206 && willDo(plan, landed.stored())) {
            // another flight has landed between this one's look into memory and its start
            landing.ready(plan, landed.stored(), Arrival.Source.MEMORY);
            return;
        }
        Mono<StoredResponse> found = plan.key().atOrigin()
                ? Mono.empty()
                : Mono.defer(() -> shared.find(plan, stored -> willDo(plan, stored)));
        Disposable.Swap under = Disposables.swap();
        if (!plan.fetch().isUnattended()) {
            // Before the fetch goes on: what comes later says itself what is to be done when all have left
            linger.beforeHead(plan, () -> {
                under.dispose();
                down(plan, Landing.abandoned(plan.target().origin().name()));
            });
        }
        under.update(found.map(stored -> arrivedFromSharedTier(plan, stored))
                .defaultIfEmpty(plan)
                .flatMap(next -> next.flight().isLanded() ? Mono.empty() : ask(next))
                .subscribe( // owner: the flight, which hears of every outcome
                        done -> {}, failure -> failed(plan, failure), () -> ended(plan)));
    }

    /** Nobody may be left waiting for a head when there is nothing left that could bring one. */
    private void ended(Plan plan) {
        if (!plan.flight().hasHead()) {
            failed(plan, new IllegalStateException("ended without an answer"));
        }
    }

    /** Lands the flight with what the shared tier had, or goes on with it as something to validate. */
    private Plan arrivedFromSharedTier(Plan plan, StoredResponse stored) {
        if (willDo(plan, stored)) {
            landing.ready(plan, stored, Arrival.Source.SHARED_TIER);
            return plan;
        }
        return verdict(plan, stored) == Reuse.Verdict.MISS ? plan : plan.offering(Offer.of(stored));
    }

    /** Whether what is stored makes this fetch needless, whatever a single client may wish. */
    private boolean willDo(Plan plan, StoredResponse stored) {
        if (stored.status() == 206) {
            return true; // each member sees for itself what it is good for
        }
        return switch (verdict(plan, stored)) {
            case FRESH -> true;
            case STALE_WHILE_REVALIDATE -> !plan.fetch().isUnattended();
            case VALIDATE, MISS -> false;
        };
    }

    private Reuse.Verdict verdict(Plan plan, StoredResponse stored) {
        Request neutral =
                plan.upstream().withHeaders(plan.upstream().headers().without(Set.of("cache-control", "pragma")));
        return Reuse.decide(stored, neutral, plan.rules(), store.trust(stored), clock.instant())
                .verdict();
    }

    private Mono<Void> ask(Plan plan) {
        Offer offer = plan.offer().usable(store::trust);
        Headers fields =
                plan.upstream().headers().toBuilder().addAll(offer.conditions()).build();
        Request request = plan.upstream().withHeaders(fields);
        // Noted before the request is sent: a purge from here on is newer than whatever comes back.
        LogPosition position = generations.now();
        Instant sent = clock.instant();
        Duration patience = plan.target().route().coalescing().firstByteBudget();
        return origins.fetch(
                        plan.target().origin(), request, patience, plan.fetch().interim())
                .flatMap(response -> arrived(plan.offering(offer), response, position, sent));
    }

    private Mono<Void> arrived(Plan plan, OriginResponse response, LogPosition position, Instant sent) {
        StoredResponse.Times times = new StoredResponse.Times(sent, clock.instant());
        int status = response.head().status();
        StoredResponse part = plan.offer().part();
        if (part != null && Completion.isOfRest(status)) {
            boolean rest = status == 206 && store.trust(part) == Trust.VALID; // struck while we asked: not to come back
            OriginResponse whole = rest ? Completion.of(part, response, times) : null;
            if (whole == null) {
                response.discard().run();
                return ask(plan.offering(Offer.NONE));
            }
            return deciding.at(plan, whole, times, position);
        }
        boolean conditional = plan.offer().conditions().size() > 0;
        if (status == 304 && conditional) {
            return response.body() // empty; its end gives the connection back
                    .then(Mono.defer(() -> confirmed(plan, response.head(), times, position)));
        }
        return deciding.at(plan.offering(Offer.NONE), response, times, position);
    }

    private Mono<Void> confirmed(
            Plan plan, ResponseHead notModified, StoredResponse.Times times, LogPosition position) {
        Mono<Void> landed = confirming.at(plan, notModified, times, position);
        return landed == null ? ask(plan.offering(Offer.NONE)) : landed;
    }

    private void failed(Plan plan, Throwable failure) {
        if (!(failure instanceof OriginFailure)) {
            LOG.error(
                    "A fetch for {} failed in the gateway itself",
                    plan.key().key().url(),
                    failure);
        }
        if (failure instanceof OriginFailure known) {
            notes.failed(plan.key(), known);
        }
        down(plan, failure);
    }

    private void down(Plan plan, Throwable failure) {
        plan.tenure().end(Lease.Ending.GIVEN_UP);
        flights.remove(plan.key(), plan.flight());
        plan.flight().fail(failure);
    }
}
