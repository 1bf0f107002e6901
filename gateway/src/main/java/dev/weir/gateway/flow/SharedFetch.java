package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Flights;
import dev.weir.gateway.coalesce.Member;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.origin.OriginFailure;
import dev.weir.gateway.policy.Lookup;
import dev.weir.gateway.policy.Reuse;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.Selectors;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Terms;
import dev.weir.gateway.policy.Vary;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.store.Held;
import dev.weir.gateway.store.ResponseStore;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What memory can't answer is fetched together with all who want the same: one flight for each variant and purge epoch.
 * When its head arrives, each member sees for itself whether it is for it; if not, it goes on to another flight.
 */
final class SharedFetch {

    /** How often a member may find that what arrived is not for it before it fetches alone. */
    private static final int MAX_FLIGHTS = 3;

    private final ResponseStore store;
    private final Generations generations;
    private final Flights<FlightKey, Arrival> flights;
    private final OriginFetch fetch;
    private final Forwarding forwarding;
    private final Refresher refresher;
    private final FetchNotes notes;
    private final Clock clock;

    SharedFetch(
            FlowParts parts,
            Flights<FlightKey, Arrival> flights,
            OriginFetch fetch,
            Forwarding forwarding,
            Refresher refresher,
            FetchNotes notes) {
        this.store = parts.store();
        this.generations = parts.generations();
        this.clock = parts.clock();
        this.flights = flights;
        this.fetch = fetch;
        this.forwarding = forwarding;
        this.refresher = refresher;
        this.notes = notes;
    }

    /**
     * Joins the flight for this variant or starts it, and makes the reply from its head.
     *
     * @param varyNames what the response is expected to vary by
     * @param atOrigin whether the shared tier has nothing to offer
     */
    Mono<Reply> fly(Walk walk, List<String> varyNames, boolean atOrigin) {
        return fly(walk, varyNames, atOrigin, 1);
    }

    /** Goes on where a stored part does not answer: with the whole, or where that is too much with another part. */
    Mono<Reply> beyond(Walk walk, StoredResponse part) {
        return beyond(walk, part, false, 1);
    }

    private Mono<Reply> beyond(Walk walk, StoredResponse part, boolean atOrigin, int attempt) {
        return walk.wantsPart() && PartReplies.isOfTooLarge(part, walk.rules())
                ? forwarding.forwardPart(walk, "range")
                : fly(walk, part.variant().names(), atOrigin, attempt);
    }

    private Mono<Reply> fly(Walk walk, List<String> varyNames, boolean atOrigin, int attempt) {
        if (attempt > MAX_FLIGHTS) {
            return forwarding.forward(walk, "contended");
        }
        if (walk.rules().obeyClient() && Lookup.isNoStore(walk.client())) {
            // RFC 9111 §5.2.1.5: its answer is for nobody else; at the head of a flight it would send all others away
            return forwarding.forward(walk, "request-no-store");
        }
        FlightKey key =
                new FlightKey(walk.key(), variant(walk, varyNames), walk.rulesHash(), walk.isCredentialed(), atOrigin);
        OriginFailure failed = notes.failedLately(key);
        if (failed != null) {
            notes.counts().failedLately.increment();
            return Mono.just(standIn(walk, failed));
        }
        if (notes.isNotShareable(key)) {
            notes.counts().notShareable.increment();
            // Only a whole answer can show that it may be shared again; less than that is the origin's to give
            return walk.wantsWhole() ? alone(walk, key, attempt) : forwarding.forward(walk, "hit-for-miss");
        }
        if (!walk.coalescing().enabled()) {
            return alone(walk, key, attempt);
        }
        Set<Selector> known = Selectors.of(walk.key(), Headers.empty());
        long momentOfJoining = generations.now().moment();
        Flights.Joined<Arrival> joined =
                flights.join(key, walk.in().loop(), flight -> store.isCurrent(known, flight.moment()));
        Ticket ticket = new Ticket(walk, joined, momentOfJoining, attempt);
        return joined.started() ? leading(ticket, key, Fetch.Purpose.ANSWER) : waiting(ticket, key);
    }

    /** Fetches for this client alone; what arrives is stored all the same if it may be. */
    private Mono<Reply> alone(Walk walk, FlightKey key, int attempt) {
        long moment = generations.now().moment();
        Flights.Joined<Arrival> joined = flights.alone(walk.in().loop());
        return leading(new Ticket(walk, joined, moment, attempt), key, Fetch.Purpose.ALONE);
    }

    private Mono<Reply> leading(Ticket ticket, FlightKey key, Fetch.Purpose purpose) {
        Walk walk = ticket.walk();
        fetch.start(new OriginFetch.Plan(key, ticket.member().flight(), Fetch.of(walk, purpose), offer(walk)));
        return landing(ticket, ticket.member().head());
    }

    private Mono<Reply> waiting(Ticket ticket, FlightKey key) {
        Walk walk = ticket.walk();
        Member<Arrival> member = ticket.member();
        if (member.flight().memberCount() > walk.coalescing().maxWaiters()) {
            member.leave();
            notes.counts().turnedAway.increment();
            return Mono.just(Problem.crowded(walk));
        }
        notes.counts().joined.increment();
        Mono<Reply> another = Mono.defer(() -> {
            member.leave();
            notes.counts().impatient.increment();
            Reply landed = landedMeanwhile(walk);
            if (landed != null) {
                return Mono.just(landed);
            }
            // All who have waited that long share a second fetch; those whom that one fails as well go alone
            return key.atOrigin()
                    ? alone(walk, key, ticket.attempt() + 1)
                    : fly(walk, key.variant().names(), true, ticket.attempt() + 1);
        });
        return landing(ticket, member.head(walk.coalescing().longestWait()))
                .onErrorResume(TimeoutException.class, late -> another);
    }

    /** What another flight has brought into memory while this one was waited for, where that is for this request; else null. */
    private @Nullable Reply landedMeanwhile(Walk walk) {
        Held held = store.inMemory(walk.key(), walk.upstream(), walk.rulesHash());
        return held == null ? null : asItIs(walk, held.stored(), StoredReplies.MEMORY);
    }

    private Mono<Reply> landing(Ticket ticket, Mono<Arrival> head) {
        Member<Arrival> member = ticket.member();
        return head.doOnCancel(member::leave)
                .flatMap(arrival -> land(ticket, arrival))
                .doOnError(failure -> member.leave()) // of whatever kind: nobody else would take it off the flight
                .onErrorResume(OriginFailure.class, failure -> Mono.just(standIn(ticket.walk(), failure)));
    }

    /** From the shared tier as it is, or with 504: the origin is not asked. Each asks for itself, within the tier's bounds. */
    Mono<Reply> fromSharedTier(Walk walk) {
        return store.inShared(walk.key(), walk.upstream(), walk.rules())
                .publishOn(Schedulers.fromExecutor(walk.in().loop()))
                .mapNotNull(stored -> asItIs(walk, stored, StoredReplies.REDIS))
                .defaultIfEmpty(Replies.onlyIfCached(walk));
    }

    /** The reply from what a tier had, where that may be used without asking the origin; else null. */
    private @Nullable Reply asItIs(Walk walk, StoredResponse stored, String tier) {
        if (stored.status() == 206) {
            return PartReplies.covering(walk, stored, store.trust(stored), clock.instant(), tier);
        }
        Reuse reuse = reuse(walk, stored);
        return switch (reuse.verdict()) {
            case FRESH -> StoredReplies.hit(walk, stored, reuse, tier);
            case STALE_WHILE_REVALIDATE -> {
                refresher.refresh(walk, stored);
                yield StoredReplies.hit(walk, stored, reuse, tier);
            }
            case VALIDATE, MISS -> null;
        };
    }

    private Offer offer(Walk walk) {
        if (walk.stale() != null) {
            return Offer.of(walk.stale());
        }
        Held held = store.inMemory(walk.key(), walk.upstream(), walk.rulesHash());
        return held != null && PartReplies.isCompletable(held.stored(), walk.rules())
                ? Offer.toComplete(held.stored())
                : Offer.ofVariants(store.inMemory(walk.key(), walk.rulesHash()));
    }

    private static StoredResponse.Variant variant(Walk walk, List<String> varyNames) {
        return varyNames.isEmpty()
                ? StoredResponse.Variant.NONE
                : Vary.of(Headers.of("vary", String.join(", ", varyNames)), walk.upstream());
    }

    /** One request's part in one flight. */
    private record Ticket(Walk walk, Flights.Joined<Arrival> joined, long momentOfJoining, int attempt) {

        Member<Arrival> member() {
            return joined.member();
        }
    }

    private Mono<Reply> land(Ticket ticket, Arrival arrival) {
        if (arrival instanceof Arrival.Shared shared) {
            return landShared(ticket, shared);
        }
        if (arrival instanceof Arrival.Ready ready) {
            ticket.member().leave();
            return landReady(ticket, ready);
        }
        return landUnshared(ticket, (Arrival.Unshared) arrival);
    }

    private Mono<Reply> landShared(Ticket ticket, Arrival.Shared shared) {
        Walk walk = ticket.walk();
        // A purge that was applied before this request joined is not to be undone by a flight that began before it.
        boolean predatesPurge =
                ticket.momentOfJoining() > ticket.member().flight().moment()
                        && generations.struckSince(
                                shared.selectors(), ticket.member().flight().moment());
        if (predatesPurge || !Vary.matches(shared.variant(), walk.upstream())) {
            ticket.member().leave();
            return fly(walk, shared.variant().names(), true, ticket.attempt() + 1);
        }
        if (mayStandIn(walk, shared.head().status())) {
            ticket.member().leave();
            return Mono.just(StoredReplies.staleOnError(walk, clock.instant()));
        }
        return ArrivingReplies.shared(walk, shared, ticket.joined());
    }

    private Mono<Reply> landUnshared(Ticket ticket, Arrival.Unshared unshared) {
        Walk walk = ticket.walk();
        if (mayStandIn(walk, unshared.head().status())) {
            ticket.member().leave();
            return Mono.just(StoredReplies.staleOnError(walk, clock.instant()));
        }
        if (Reuse.isServerFailure(unshared.head().status()) && !ticket.joined().started()) {
            ticket.member().leave(); // one failure is enough: an origin in trouble is not helped by the whole herd
            return Mono.just(Problem.shared(walk, unshared.head().status()));
        }
        boolean cutByOrigin = walk.wantsPart() && unshared.reason().equals("too-large");
        if (cutByOrigin) {
            store.notePassed(walk.key()); // for nothing else: that would be for one client to say for all
        }
        if (ticket.joined().started() && !cutByOrigin) {
            return Mono.just(ArrivingReplies.unshared(walk, unshared, ticket.member()));
        }
        ticket.member().leave();
        return cutByOrigin
                ? forwarding.forwardPart(walk, unshared.reason())
                : forwarding.forward(walk, unshared.reason());
    }

    private Mono<Reply> landReady(Ticket ticket, Arrival.Ready ready) {
        Walk walk = ticket.walk();
        StoredResponse stored = ready.stored();
        boolean forOne = ready.source() == Arrival.Source.ORIGIN_CONFIRMED_FOR_ONE;
        if (forOne && !ticket.joined().started()) {
            return forwarding.forward(walk, "private");
        }
        boolean predatesPurge = ticket.momentOfJoining()
                        > ticket.member().flight().moment()
                && generations.struckSince(
                        stored.provenance().selectors(), stored.provenance().position());
        if (predatesPurge || !Vary.selects(stored, walk.upstream())) {
            return fly(walk, stored.variant().names(), true, ticket.attempt() + 1);
        }
        if (forOne || ready.source() == Arrival.Source.ORIGIN_CONFIRMED) {
            return Mono.just(StoredReplies.confirmed(walk, stored, reuse(walk, stored), ticket.joined()));
        }
        boolean fromMemory = ready.source() == Arrival.Source.MEMORY;
        Reply reply = asItIs(walk, stored, fromMemory ? StoredReplies.MEMORY : StoredReplies.REDIS);
        if (reply != null) {
            return Mono.just(reply);
        }
        return stored.status() == 206
                ? beyond(walk, stored, true, ticket.attempt() + 1)
                : fly(
                        walk.withStale(stored, reuse(walk, stored).forward()),
                        stored.variant().names(),
                        true,
                        ticket.attempt() + 1);
    }

    private boolean mayStandIn(Walk walk, int status) {
        StoredResponse stale = walk.stale();
        return Reuse.isServerFailure(status)
                && stale != null
                && Reuse.mayServeStaleOnError(stale, walk.client(), walk.rules(), store.trust(stale), clock.instant());
    }

    private Reply standIn(Walk walk, OriginFailure failure) {
        if (mayStandIn(walk, 503)) {
            return StoredReplies.staleOnError(walk, clock.instant());
        }
        StoredResponse stale = walk.stale();
        boolean demandsValidation =
                stale != null && Terms.of(stale, walk.rules()).staleBarred();
        return demandsValidation
                ? Problem.notValidated(walk, failure)
                : Problem.failed(walk.target(), failure, walk.status());
    }

    private Reuse reuse(Walk walk, StoredResponse stored) {
        return Reuse.decide(stored, walk.client(), walk.rules(), store.trust(stored), clock.instant());
    }
}
