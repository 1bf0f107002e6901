package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Flight;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import reactor.core.scheduler.Schedulers;

/**
 * Ends fetches that all who wanted them have left and that are not worth finishing: after a while, in which somebody may
 * come back. Reloading a slow page is to find the fetch of the first attempt still under way.
 */
final class Linger {

    private static final Duration WHILE_FILLING = Duration.ofSeconds(2);

    private final CoalesceCounts counts;

    Linger(CoalesceCounts counts) {
        this.counts = counts;
    }

    /** A fetch of which nobody knows yet what it will bring. */
    void beforeHead(OriginFetch.Plan plan, Runnable giveUp) {
        Flight<?> flight = plan.flight();
        Duration linger = plan.target().route().coalescing().firstByteBudget();
        flight.onAbandoned(() ->
                later(linger, () -> flight.isAbandoned() && !flight.hasHead() && flight.closeIfDeserted(), giveUp));
    }

    /**
     * A body on its way to the store.
     *
     * @param useless whether what is still to come is more than it is worth
     */
    void whileFilling(Flight<?> flight, BooleanSupplier useless, Runnable giveUp) {
        flight.onAbandoned(() -> later(
                WHILE_FILLING,
                () -> flight.isAbandoned() && !flight.isLanded() && useless.getAsBoolean() && flight.closeIfDeserted(),
                giveUp));
    }

    private void later(Duration linger, BooleanSupplier stillSo, Runnable giveUp) {
        Schedulers.parallel()
                .schedule(
                        () -> {
                            if (stillSo.getAsBoolean()) {
                                counts.lingered.increment();
                                giveUp.run();
                            }
                        },
                        linger.toMillis(),
                        TimeUnit.MILLISECONDS);
    }
}
