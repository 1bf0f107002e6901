package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Flights;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.observe.Outcome;
import dev.weir.gateway.origin.OriginCalls;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.CacheStatus;
import dev.weir.gateway.policy.Lookup;
import dev.weir.gateway.policy.Reuse;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Trust;
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

    /** Request fields by which a client demands fresher than fresh. */
    private static final Set<String> DEMANDS = Set.of("cache-control", "pragma");

    private final ResponseStore store;
    private final Flights<FlightKey, Arrival> flights;
    private final SharedFetch fetch;
    private final Forwarding forwarding;
    private final Upgrading upgrading;
    private final Refresher refresher;
    private final Clock clock;
    private final OriginCalls origins;
    private final Landing landing;
    private final boolean showsKeys;
    private final FetchNotes notes;

    private volatile Targets targets;

    /** A walk over these parts, with that table on duty. */
    public RequestFlow(FlowParts parts, RouteTable table) {
        this.store = parts.store();
        this.origins = parts.origins();
        this.clock = parts.clock();
        this.showsKeys = parts.showsKeys();
        Generations generations = parts.generations();
        this.flights = new Flights<>(() -> generations.now().moment());
        this.notes = new FetchNotes(parts.lease());
        this.landing = new Landing(store, parts.recompressor(), flights, notes, parts.bounds());
        OriginFetch originFetch = new OriginFetch(parts, flights, landing, notes);
        this.refresher = new Refresher(flights, originFetch);
        this.forwarding = new Forwarding(parts, new Keeping(parts, landing));
        this.upgrading = new Upgrading(origins, parts.tunnels());
        this.fetch = new SharedFetch(parts, flights, originFetch, forwarding, refresher, notes);
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

    /** How sharing fetches has gone so far. */
    public CoalesceCounts coalesceCounts() {
        return notes.counts();
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
        if (Lookup.isUpgrade(in.request())) {
            return upgrading.upgrade(in, target);
        }
        Lookup lookup = Lookup.decide(in.request(), target.rules());
        if (lookup.verdict() == Lookup.Verdict.FORWARD) {
            return forwarding.forward(in, target, lookup.reason());
        }
        CacheKey key = CacheKey.of(in.request(), target.rules());
        CacheStatus unknown =
                CacheStatus.forwarded(CacheStatus.Forward.URI_MISS).withKey(showsKeys ? key.url() : null);
        return answerFromMemory(new Walk(in, target, key, Upstream.whole(in, route, key), unknown, null));
    }

    /** The answer to what is no valid request. */
    public static Reply refuse() {
        return refuse(400);
    }

    /**
     * The answer to a request that is not taken on.
     *
     * @param status 400, 413, 414, 431 or 501
     */
    public static Reply refuse(int status) {
        return Problem.refused(status);
    }

    /** The answer in place of one whose body has broken off before anything of it was sent. */
    public static Reply brokenOff(Reply reply) {
        return Problem.reply(
                reply.outcome().route(),
                502,
                "Bad gateway",
                "The origin broke off its answer before any of it could be passed on.",
                Outcome.Verdict.FAILED);
    }

    private Mono<Reply> answerFromMemory(Walk walk) {
        Held held = store.inMemory(walk.key(), walk.upstream(), walk.rulesHash());
        if (held == null) {
            Walk missed = hasOthers(walk) ? walk.with(CacheStatus.Forward.VARY_MISS) : walk;
            return onlyIfCached(walk, () -> fetchPartOrWhole(missed));
        }
        StoredResponse stored = held.stored();
        if (stored.status() == 206) {
            Reply covering =
                    PartReplies.covering(walk, stored, store.trust(stored), clock.instant(), StoredReplies.MEMORY);
            return covering != null ? Mono.just(covering) : onlyIfCached(walk, () -> fetch.beyond(walk, stored));
        }
        Reuse reuse = Reuse.decide(held.terms(), walk.client(), walk.rules(), store.trust(stored), clock.instant());
        return switch (reuse.verdict()) {
            case FRESH -> Mono.just(StoredReplies.hit(walk, stored, reuse, StoredReplies.MEMORY));
            case STALE_WHILE_REVALIDATE -> {
                refresher.refresh(walk, stored);
                yield Mono.just(StoredReplies.hit(walk, stored, reuse, StoredReplies.MEMORY));
            }
            case VALIDATE, MISS -> {
                if (!stored.key().equals(walk.key())) {
                    Walk other = walk.with(reuse.forward());
                    yield onlyIfCached(walk, () -> fetchPartOrWhole(other));
                }
                List<String> varyNames = stored.variant().names();
                Walk withStale = walk.withStale(stored, reuse.forward());
                boolean atOrigin = isDemanded(walk, held);
                yield onlyIfCached(walk, () -> fetch.fly(withStale, varyNames, atOrigin));
            }
        };
    }

    private boolean hasOthers(Walk walk) {
        return store.inMemory(walk.key(), walk.rulesHash()).stream()
                .anyMatch(stored -> store.trust(stored) != Trust.GONE);
    }

    /** A part of what won't be stored anyway is the origin's to cut: no use in fetching gigabytes for it. */
    private Mono<Reply> fetchPartOrWhole(Walk walk) {
        return walk.wantsPart() && store.isPassed(walk.key())
                ? forwarding.forwardPart(walk, "range")
                : fetch.fly(walk, store.learnedFields(walk.key()), false);
    }

    /** Whether it is the client alone that won't have it (RFC 9111 §5.2.1): another replica's copy is then no answer. */
    private boolean isDemanded(Walk walk, Held held) {
        Request client = walk.client();
        Request undemanding = client.withHeaders(client.headers().without(DEMANDS));
        return switch (Reuse.decide(
                        held.terms(), undemanding, walk.rules(), store.trust(held.stored()), clock.instant())
                .verdict()) {
            case FRESH, STALE_WHILE_REVALIDATE -> true;
            case VALIDATE, MISS -> false;
        };
    }

    /** RFC 9111 §5.2.1.7: such a request is answered from the cache, which is both tiers, or not at all. */
    private Mono<Reply> onlyIfCached(Walk walk, Supplier<Mono<Reply>> otherwise) {
        boolean asked = walk.rules().obeyClient() && Lookup.isOnlyIfCached(walk.client());
        return asked ? fetch.fromSharedTier(walk) : otherwise.get();
    }
}
