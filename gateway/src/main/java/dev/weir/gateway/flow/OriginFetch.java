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
import dev.weir.gateway.policy.Freshness;
import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Reuse;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.Selectors;
import dev.weir.gateway.policy.Storage;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Trust;
import dev.weir.gateway.policy.Validation;
import dev.weir.gateway.policy.Vary;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.Invalidations;
import dev.weir.gateway.purge.Purge;
import dev.weir.gateway.store.Held;
import dev.weir.gateway.store.ResponseStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * Gets a flight going: memory once more, the shared tier, then the origin, and decides at the head who may have what arrives.
 * It works for the flight, never for a client: nothing a client does cancels it, except that all leaving makes an answer
 * that can't be stored pointless.
 */
final class OriginFetch {

    private static final Logger LOG = LoggerFactory.getLogger(OriginFetch.class);

    /** How far the origin may be ahead of the only reader of a response that is not kept. */
    private static final long WINDOW_BYTES = 256 * 1024;

    private final ResponseStore store;
    private final Generations generations;
    private final Invalidations invalidations;
    private final OriginCalls origins;
    private final Flights<FlightKey, Arrival> flights;
    private final Landing landing;
    private final Clock clock;
    private final FetchNotes notes;
    private final SharedLookup shared;
    private final Linger linger;

    OriginFetch(FlowParts parts, Flights<FlightKey, Arrival> flights, Landing landing, FetchNotes notes) {
        this.notes = notes;
        this.shared = new SharedLookup(parts.store(), parts.lease(), notes);
        this.linger = new Linger(notes.counts());
        this.store = parts.store();
        this.generations = parts.generations();
        this.invalidations = parts.invalidations();
        this.origins = parts.origins();
        this.clock = parts.clock();
        this.flights = flights;
        this.landing = landing;
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
            return decided(plan, whole, times, position);
        }
        boolean conditional = plan.offer().conditions().size() > 0;
        if (status == 304 && conditional) {
            return response.body() // empty; its end gives the connection back
                    .then(Mono.defer(() -> confirmed(plan, response.head(), times, position)));
        }
        return decided(plan.offering(Offer.NONE), response, times, position);
    }

    private Mono<Void> decided(Plan plan, OriginResponse response, StoredResponse.Times times, LogPosition position) {
        try {
            decide(plan, response, times, position);
        } catch (RuntimeException fault) {
            response.discard().run(); // nobody else would give its connection back
            throw fault;
        }
        return Mono.empty();
    }

    private Mono<Void> confirmed(
            Plan plan, ResponseHead notModified, StoredResponse.Times times, LogPosition position) {
        StoredResponse known = plan.offer().confirmedBy(notModified);
        StoredResponse same = known == null || store.trust(known) == Trust.GONE
                ? null // struck hard while we asked: its bytes must not come back
                : Validation.freshen(known, notModified, times, position);
        if (known == null || same == null) {
            return ask(plan.offering(Offer.NONE));
        }
        if (Barred.isOfOneClient(plan, notModified)) {
            plan.tenure().end(Lease.Ending.GIVEN_UP);
            landing.ready(plan, same, Arrival.Source.ORIGIN_CONFIRMED_FOR_ONE);
            return Mono.empty();
        }
        if (Barred.isWithdrawn(plan, same.head())) {
            plan.tenure().end(Lease.Ending.NOT_SHAREABLE);
            return withdraw(known)
                    .then(Mono.fromRunnable(() -> landing.ready(plan, same, Arrival.Source.ORIGIN_CONFIRMED_FOR_ONE)));
        }
        // §4.3.4: another variant that the origin chose for this request is from now on this request's too
        StoredResponse fresh =
                plan.offer().selected() ? same : same.withVariant(Vary.of(same.headers(), plan.upstream()));
        store.put(
                fresh,
                plan.rules(),
                Keep.of(fresh, plan.rules()),
                () -> plan.tenure().end(Lease.Ending.STORED));
        landing.ready(plan, fresh, Arrival.Source.ORIGIN_CONFIRMED);
        return Mono.empty();
    }

    /**
     * RFC 9111 §5.2.2.5, §5.2.2.7: what nobody may keep any more goes from here at once, and from all tiers and replicas
     * by the log.
     */
    private Mono<Void> withdraw(StoredResponse known) {
        store.remove(known);
        Selector url = new Selector(Selector.Kind.URL, known.key().url());
        return invalidations.strike(
                Purge.Mode.HARD, Set.of(url), "withdrawn " + known.key().path());
    }

    /** At the head: stored and shared, stored for later only, or for the one who asked. */
    private void decide(Plan plan, OriginResponse response, StoredResponse.Times times, LogPosition position) {
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
            flight.head(new Arrival.Shared(head, variant, selectors, answered));
        } else {
            flight.close();
            flights.remove(plan.key(), flight);
            flight.head(new Arrival.Unshared(head, isPart ? "partial" : "cookie", variant.names(), true));
        }
        response.body().subscribe(landing.filling(plan, head, times, provenance));
    }

    /** Whether other replicas that wait for it would find it in the shared tier, and be content with it. */
    private boolean isOfUseElsewhere(Plan plan, ResponseHead head) {
        return store.isForOthers(Filling.promisedLength(head))
                && !Freshness.of(head, plan.rules()).lifetime().isZero();
    }

    /** All who wait for it, here and at other replicas, are to fetch for themselves, this time and the next ones. */
    private void notShared(Plan plan, ResponseHead head, String reason) {
        if (head.status() >= 400) {
            plan.tenure().end(Lease.Ending.GIVEN_UP); // trouble passes, and may be of one client's making
            return;
        }
        plan.tenure().end(Lease.Ending.NOT_SHAREABLE);
        notes.notShareable(plan.key(), reason);
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
