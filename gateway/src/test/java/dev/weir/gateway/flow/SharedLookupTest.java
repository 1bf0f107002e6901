package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.coalesce.Flights;
import dev.weir.gateway.coalesce.Lease;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.LocalPurgeLog;
import dev.weir.gateway.route.Action;
import dev.weir.gateway.route.Route;
import dev.weir.gateway.route.RouteFile;
import dev.weir.gateway.route.RouteTable;
import dev.weir.gateway.store.MemoryTier;
import dev.weir.gateway.store.NoSharedTier;
import dev.weir.gateway.store.ResponseStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** How often, and for how long, a replica waits for another one, whatever that one does or leaves undone. */
class SharedLookupTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Waits for another replica take half as long as that. */
    private static final String ROUTES = """
            origins:
              site: { urls: ["http://127.0.0.1:1"] }
            routes:
              - id: site
                match: { path: "/**" }
                origin: site
                coalesce: { wait: %s }
            """;

    /** Gives these grants one after the other, and the last one again and again. */
    private static final class Scripted implements Lease {

        private final Deque<Grant> grants;

        Scripted(Grant... grants) {
            this.grants = new ArrayDeque<>(Arrays.asList(grants));
        }

        @Override
        public Mono<Grant> take(String name) {
            return Mono.fromSupplier(() -> Objects.requireNonNull(grants.size() > 1 ? grants.poll() : grants.peek()));
        }

        @Override
        public void clear(String name) {}
    }

    private static OriginFetch.Plan plan(String wait) {
        RouteTable table = RouteFile.parse("routes.yaml", ROUTES.formatted(wait), Map.of())
                .table()
                .orElseThrow();
        Request request = new Request("GET", "http", "a.test", "/page", null, Headers.empty());
        Route route = Objects.requireNonNull(table.match(request));
        Target target = Target.of(table, route, (Action.ToOrigin) route.action());
        FlightKey key =
                new FlightKey(CacheKey.of(request), StoredResponse.Variant.NONE, target.rulesHash(), false, false);
        Flights<FlightKey, Arrival> flights = new Flights<>(() -> 0);
        Fetch fetch = new Fetch(target, request, Fetch.Purpose.ANSWER, interim -> {}, new Tenure());
        return new OriginFetch.Plan(key, flights.alone(Runnable::run).member().flight(), fetch, Offer.NONE);
    }

    private static CoalesceCounts countsAfter(String wait, Lease lease) {
        Generations generations = new Generations(LocalPurgeLog.start());
        ResponseStore store = new ResponseStore(
                new MemoryTier(1000), new NoSharedTier(), generations, new LocalPurgeLog("a", generations));
        FetchNotes notes = new FetchNotes(lease);

        StepVerifier.create(new SharedLookup(store, lease, notes).find(plan(wait), stored -> true))
                .expectComplete() // nothing found: on to the origin
                .verify(PATIENCE);

        return notes.counts();
    }

    @Test
    void aReplicaOfWhichNothingIsHeardIsWaitedForNoLongerThanThat() {
        CoalesceCounts counts = countsAfter("400ms", new Scripted(new Lease.Grant.Elsewhere(Mono.never())));

        assertThat(counts.waitsInVain()).isOne();
    }

    @Test
    void leasesThatLapseOneAfterTheOtherAreWaitedForNoLongerThanThat() {
        Mono<Boolean> lapsing = Mono.delay(Duration.ofMillis(30)).thenReturn(false);

        CoalesceCounts counts = countsAfter("400ms", new Scripted(new Lease.Grant.Elsewhere(lapsing)));

        assertThat(counts.waitsInVain()).isOne();
    }

    @Test
    void whoseFetchHasEndedWithoutUseIsNotWaitedForAgainNorIsTheNextOne() {
        CoalesceCounts counts = countsAfter(
                "4m",
                new Scripted(new Lease.Grant.Elsewhere(Mono.just(true)), new Lease.Grant.Elsewhere(Mono.never())));

        assertThat(counts.waitsForOthers()).isOne();
        assertThat(counts.waitsInVain()).isZero();
    }
}
