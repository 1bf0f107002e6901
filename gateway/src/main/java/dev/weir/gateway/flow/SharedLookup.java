package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Lease;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.store.ResponseStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;
import reactor.function.TupleUtils;

/**
 * What other replicas have, or are about to have: the look-up in the shared tier and the lease to fetch, in one round
 * trip. Where another replica has the lease this one waits for its word and reads again, within a bound.
 */
final class SharedLookup {

    private final ResponseStore store;
    private final Lease lease;
    private final FetchNotes notes;
    private final CoalesceCounts counts;

    SharedLookup(ResponseStore store, Lease lease, FetchNotes notes) {
        this.store = store;
        this.lease = lease;
        this.notes = notes;
        this.counts = notes.counts();
    }

    /**
     * Looks up and, where what is found won't do, sees to it that no two replicas fetch.
     *
     * @param willDo whether what was found makes a fetch needless
     * @return what was found, whether it will do or not; empty for nothing. Never fails.
     */
    Mono<StoredResponse> find(OriginFetch.Plan plan, Predicate<StoredResponse> willDo) {
        if (!store.hasStanding()) {
            return Mono.empty(); // what other replicas store won't be read, so there is no use in waiting for it
        }
        long patience = plan.target().route().coalescing().waitForOthers().toNanos();
        return new Search(plan, willDo, System.nanoTime() + patience).run(false).flatMap(Mono::justOrEmpty);
    }

    /** One look-up, repeated after each wait. */
    private final class Search {

        private final OriginFetch.Plan plan;
        private final Predicate<StoredResponse> willDo;
        private final long deadline;

        Search(OriginFetch.Plan plan, Predicate<StoredResponse> willDo, long deadline) {
            this.plan = plan;
            this.willDo = willDo;
            this.deadline = deadline;
        }

        /**
         * Looks up once more.
         *
         * @param told whether another replica's fetch has ended; if it brought nothing that will do, the next one is not
         *     waited for, or the replicas would fetch one after the other
         */
        private Mono<Optional<StoredResponse>> run(boolean told) {
            Mono<Lease.Grant> asked = plan.fetch().isLeased()
                    ? lease.take(LeaseName.of(plan.key())).doOnNext(this::keep)
                    : Mono.just(Lease.Grant.Unavailable.INSTANCE);
            Mono<Optional<StoredResponse>> looked = store.inShared(plan.key().key(), plan.upstream(), plan.rules())
                    .map(Optional::of)
                    .defaultIfEmpty(Optional.empty());
            // The lease first: what its last holder stored is then found
            return Mono.zip(asked, looked).flatMap(TupleUtils.function((grant, found) -> {
                if (found.filter(willDo).isPresent()) {
                    plan.tenure().end(Lease.Ending.GIVEN_UP);
                    return Mono.just(found);
                }
                return grant instanceof Lease.Grant.Elsewhere elsewhere && !told
                        ? await(elsewhere, found)
                        : Mono.just(fetching(grant, found));
            }));
        }

        /** At once, whatever becomes of the look-up beside it: nobody else would end the lease. */
        private void keep(Lease.Grant grant) {
            if (grant instanceof Lease.Grant.Taken taken) {
                plan.tenure().granted(taken.hold());
            }
        }

        private Mono<Optional<StoredResponse>> await(Lease.Grant.Elsewhere elsewhere, Optional<StoredResponse> found) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                counts.waitsInVain.increment();
                return Mono.just(found);
            }
            counts.waitsForOthers.increment();
            return elsewhere
                    .over()
                    .timeout(Duration.ofNanos(left), Mono.just(false))
                    .flatMap(this::run);
        }

        private Optional<StoredResponse> fetching(Lease.Grant grant, Optional<StoredResponse> found) {
            if (grant instanceof Lease.Grant.Taken) {
                counts.leases.increment();
            } else if (grant instanceof Lease.Grant.NotShareable) {
                notes.notShareable(plan.key(), "other-replica");
            }
            return found;
        }
    }
}
