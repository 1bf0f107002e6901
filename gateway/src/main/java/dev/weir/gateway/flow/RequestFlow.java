package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Flights;
import dev.weir.gateway.coalesce.Member;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.observe.Outcome;
import dev.weir.gateway.origin.OriginFailure;
import dev.weir.gateway.origin.Origins;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.Lookup;
import dev.weir.gateway.policy.Reuse;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.Selectors;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Terms;
import dev.weir.gateway.policy.Vary;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.route.Action;
import dev.weir.gateway.route.Route;
import dev.weir.gateway.route.RouteTable;
import dev.weir.gateway.store.Held;
import dev.weir.gateway.store.ResponseStore;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * The walk of one request, in the order in which it happens:
 *
 * <ol>
 *   <li>the route: which origin, which rules;
 *   <li>may the cache answer at all, and under which key;
 *   <li>what memory has, and whether it may be used as it is;
 *   <li>otherwise one flight for all who want the same, which asks the shared tier and then the origin;
 *   <li>the reply.
 * </ol>
 */
public final class RequestFlow {

    /** How often a member may find that what arrived is not for it before it fetches alone. */
    private static final int MAX_FLIGHTS = 3;

    private final ResponseStore store;
    private final Generations generations;
    private final Flights<FlightKey, Arrival> flights;
    private final OriginFetch fetch;
    private final Forwarding forwarding;
    private final Refresher refresher;
    private final Clock clock;
    private final Origins origins;
    private final Landing landing;

    private volatile Targets targets;

    /** A walk over these parts, with that table on duty. */
    public RequestFlow(FlowParts parts, RouteTable table) {
        this.store = parts.store();
        this.generations = parts.generations();
        this.origins = parts.origins();
        this.clock = parts.clock();
        this.flights = new Flights<>(() -> generations.now().moment());
        this.landing = new Landing(store, parts.recompressor(), flights, parts.bounds());
        this.fetch = new OriginFetch(parts, flights, landing);
        this.refresher = new Refresher(flights, fetch);
        this.forwarding = new Forwarding(origins, parts.invalidations(), new HeadUpdate(store, generations, clock));
        this.targets = new Targets(table);
    }

    /** Puts another table on duty. Requests in progress end under the one they began with. */
    public void retable(RouteTable table) {
        Targets next = new Targets(table);
        targets = next;
        origins.retain(next.origins());
    }

    /** Fetches under way that others could join. */
    public int flightCount() {
        return flights.count();
    }

    /** Requests that wait for a fetch or read from one. */
    public int memberCount() {
        return flights.memberCount();
    }

    /** Bytes of bodies under way that are to be stored. */
    public long inFlightBytes() {
        return landing.inFlightBytes();
    }

    /**
     * Answers a request.
     *
     * @return always a reply; fails only by a fault of the gateway's own
     */
    public Mono<Reply> answer(Inbound in) {
        Targets onDuty = targets;
        Route route = onDuty.table().match(in.request());
        if (route == null) {
            return Mono.just(Replies.noRoute(in.request()));
        }
        if (route.action() instanceof Action.Redirect redirect) {
            return Mono.just(Replies.redirect(route, redirect));
        }
        Target target = onDuty.of(route);
        Lookup lookup = Lookup.decide(in.request(), target.rules());
        if (lookup.verdict() == Lookup.Verdict.FORWARD) {
            return forwarding.forward(in, target, lookup.reason());
        }
        CacheKey key = CacheKey.of(in.request(), target.rules());
        Walk walk = new Walk(in, target, key, Upstream.whole(in, route, key), null);
        return answerFromMemory(walk);
    }

    /** The answer to what is no valid request. */
    public static Reply refuse() {
        return Problem.reply(
                "-",
                400,
                "Bad request",
                "Expected exactly one Host, and a path without dot segments, spaces or control characters.",
                Outcome.Verdict.LOCAL);
    }

    private Mono<Reply> answerFromMemory(Walk walk) {
        Held held = store.inMemory(walk.key(), walk.upstream(), walk.rulesHash());
        if (held == null) {
            return onlyIfCached(walk, () -> fetchPartOrWhole(walk));
        }
        StoredResponse stored = held.stored();
        Reuse reuse = Reuse.decide(held.terms(), walk.client(), walk.rules(), store.trust(stored), clock.instant());
        return switch (reuse.verdict()) {
            case FRESH -> Mono.just(StoredReplies.hit(walk, stored, reuse, StoredReplies.MEMORY));
            case STALE_WHILE_REVALIDATE -> {
                refresher.refresh(walk, stored);
                yield Mono.just(StoredReplies.hit(walk, stored, reuse, StoredReplies.MEMORY));
            }
            case VALIDATE, MISS -> {
                if (!stored.key().equals(walk.key())) {
                    yield onlyIfCached(walk, () -> fetchPartOrWhole(walk));
                }
                List<String> varyNames = stored.variant().names();
                Walk withStale = walk.withStale(stored);
                yield onlyIfCached(walk, () -> fly(withStale, varyNames, true, 1));
            }
        };
    }

    /** A part of what won't be stored anyway is the origin's to cut: no use in fetching gigabytes for it. */
    private Mono<Reply> fetchPartOrWhole(Walk walk) {
        return walk.wantsPart() && store.isPassed(walk.key())
                ? forwarding.forward(walk.in(), walk.target(), "range")
                : fly(walk, store.learnedFields(walk.key()), false, 1);
    }

    private Reuse reuse(Walk walk, StoredResponse stored) {
        return Reuse.decide(stored, walk.client(), walk.rules(), store.trust(stored), clock.instant());
    }

    /** RFC 9111 §5.2.1.7: such a request is answered from the cache or not at all. */
    private Mono<Reply> onlyIfCached(Walk walk, Supplier<Mono<Reply>> otherwise) {
        boolean asked = walk.rules().obeyClient() && Lookup.isOnlyIfCached(walk.client());
        return asked ? Mono.just(Replies.onlyIfCached(walk)) : otherwise.get();
    }

    /**
     * Joins the flight for this variant or starts it, and makes the reply from its head.
     *
     * @param varyNames what the response is expected to vary by
     * @param atOrigin whether the shared tier has nothing to offer
     */
    private Mono<Reply> fly(Walk walk, List<String> varyNames, boolean atOrigin, int attempt) {
        if (attempt > MAX_FLIGHTS) {
            return forwarding.forward(walk.in(), walk.target(), "contended");
        }
        if (walk.rules().obeyClient() && Lookup.isNoStore(walk.client())) {
            // RFC 9111 §5.2.1.5: its answer is for nobody else; at the head of a flight it would send all others away
            return forwarding.forward(walk.in(), walk.target(), "request-no-store");
        }
        FlightKey key = new FlightKey(walk.key(), variant(walk, varyNames), walk.rulesHash(), atOrigin);
        Set<Selector> known = Selectors.of(walk.key(), Headers.empty());
        long momentOfJoining = generations.now().moment();
        Flights.Joined<Arrival> joined =
                flights.join(key, walk.in().loop(), flight -> generations.isCurrent(known, flight.moment()));
        Member<Arrival> member = joined.member();
        if (joined.started()) {
            fetch.start(new OriginFetch.Plan(key, member.flight(), walk.target(), walk.upstream(), offer(walk)));
        }
        return member.head()
                .doOnCancel(member::leave)
                .flatMap(arrival -> land(new Ticket(walk, joined, momentOfJoining, attempt), arrival))
                .doOnError(failure -> member.leave()) // of whatever kind: nobody else would take it off the flight
                .onErrorResume(OriginFailure.class, failure -> Mono.just(standIn(walk, failure)));
    }

    private Offer offer(Walk walk) {
        return walk.stale() != null
                ? Offer.of(walk.stale())
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
        return Mono.just(ArrivingReplies.shared(walk, shared.head(), ticket.joined()));
    }

    private Mono<Reply> landUnshared(Ticket ticket, Arrival.Unshared unshared) {
        Walk walk = ticket.walk();
        if (mayStandIn(walk, unshared.head().status())) {
            ticket.member().leave();
            return Mono.just(StoredReplies.staleOnError(walk, clock.instant()));
        }
        if (Reuse.isServerFailure(unshared.head().status()) && !ticket.joined().started()) {
            ticket.member().leave(); // one failure is enough: an origin in trouble is not helped by the whole herd
            return Mono.just(Problem.shared(walk.target(), unshared.head().status()));
        }
        if (walk.wantsPart()) {
            store.notePassed(walk.key());
        }
        boolean cutByOrigin = walk.wantsPart() && unshared.reason().equals("too-large");
        if (ticket.joined().started() && !cutByOrigin) {
            return Mono.just(ArrivingReplies.unshared(walk, unshared, ticket.member()));
        }
        ticket.member().leave();
        return forwarding.forward(walk.in(), walk.target(), unshared.reason());
    }

    private Mono<Reply> landReady(Ticket ticket, Arrival.Ready ready) {
        Walk walk = ticket.walk();
        StoredResponse stored = ready.stored();
        boolean forOne = ready.source() == Arrival.Source.ORIGIN_CONFIRMED_FOR_ONE;
        if (forOne && !ticket.joined().started()) {
            return forwarding.forward(walk.in(), walk.target(), "private");
        }
        boolean predatesPurge = ticket.momentOfJoining()
                        > ticket.member().flight().moment()
                && generations.struckSince(
                        stored.provenance().selectors(), stored.provenance().position());
        if (predatesPurge || !Vary.selects(stored, walk.upstream())) {
            return fly(walk, stored.variant().names(), true, ticket.attempt() + 1);
        }
        Reuse reuse = reuse(walk, stored);
        if (forOne || ready.source() == Arrival.Source.ORIGIN_CONFIRMED) {
            return Mono.just(StoredReplies.confirmed(walk, stored, reuse, ticket.joined()));
        }
        return switch (reuse.verdict()) {
            case FRESH -> Mono.just(StoredReplies.hit(walk, stored, reuse, StoredReplies.REDIS));
            case STALE_WHILE_REVALIDATE -> {
                refresher.refresh(walk, stored);
                yield Mono.just(StoredReplies.hit(walk, stored, reuse, StoredReplies.REDIS));
            }
            case VALIDATE, MISS -> fly(walk.withStale(stored), stored.variant().names(), true, ticket.attempt() + 1);
        };
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
                ? Replies.notValidated(walk.target(), failure)
                : Replies.failed(walk.target(), failure);
    }
}
