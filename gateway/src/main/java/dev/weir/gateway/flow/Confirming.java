package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Lease;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Trust;
import dev.weir.gateway.policy.Validation;
import dev.weir.gateway.policy.Vary;
import dev.weir.gateway.purge.Invalidations;
import dev.weir.gateway.purge.Purge;
import dev.weir.gateway.store.ResponseStore;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What a 304 means: what is stored has been confirmed, for all, for one client alone, or for the last time. */
final class Confirming {

    private final ResponseStore store;
    private final Invalidations invalidations;
    private final Landing landing;

    Confirming(ResponseStore store, Invalidations invalidations, Landing landing) {
        this.store = store;
        this.invalidations = invalidations;
        this.landing = landing;
    }

    /**
     * Lands the flight with what was confirmed.
     *
     * @return null where the 304 confirms nothing that may be used: the whole is to be asked for
     */
    @Nullable Mono<Void> at(OriginFetch.Plan plan, ResponseHead notModified, StoredResponse.Times times, LogPosition position) {
        StoredResponse known = plan.offer().confirmedBy(notModified);
        StoredResponse same = known == null || store.trust(known) == Trust.GONE
                ? null // struck hard while we asked: its bytes must not come back
                : Validation.freshen(known, notModified, times, position);
        if (known == null || same == null) {
            return null;
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
}
