package dev.weir.gateway.redis;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Those of this replica who wait for the end of another's lease. Registered before the lease is asked for, so that its
 * end can't be missed; every registration ends by word from its holder or, at the latest, when the lease may have lapsed.
 */
final class LeaseWaits {

    private final ConcurrentMap<String, Set<Wait>> waits = new ConcurrentHashMap<>();

    /** One who may have to wait. */
    final class Wait {

        private final String name;
        private final Sinks.One<Boolean> over = Sinks.one();

        private Wait(String name) {
            this.name = name;
        }

        /** Whether word came of the lease's end; false at the latest when it may have lapsed. Never fails. */
        Mono<Boolean> over() {
            return over.asMono();
        }

        /** No later than that. */
        void endAfter(Duration lapse) {
            Schedulers.parallel().schedule(this::end, lapse.toMillis(), TimeUnit.MILLISECONDS);
        }

        /** Waits no more. */
        void end() {
            end(false);
        }

        private void end(boolean told) {
            waits.computeIfPresent(name, (same, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
            over.tryEmitValue(told);
        }
    }

    Wait register(String name) {
        Wait wait = new Wait(name);
        waits.compute(name, (same, all) -> {
            Set<Wait> those = all == null ? ConcurrentHashMap.newKeySet() : all;
            those.add(wait);
            return those;
        });
        return wait;
    }

    /** The lease of that name has ended. */
    void ended(String name) {
        Set<Wait> all = waits.remove(name);
        if (all != null) {
            all.forEach(wait -> wait.end(true));
        }
    }

    /** How many wait, or are about to. */
    int count() {
        return waits.values().stream().mapToInt(Set::size).sum();
    }
}
