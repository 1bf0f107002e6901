package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Flight;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
        flight.onAbandoned(
                new Watch(linger, () -> flight.isAbandoned() && !flight.hasHead() && flight.closeIfDeserted(), giveUp));
    }

    /**
     * A body on its way to the store.
     *
     * @param useless whether what is still to come is more than it is worth
     */
    void whileFilling(Flight<?> flight, BooleanSupplier useless, Runnable giveUp) {
        flight.onAbandoned(new Watch(
                WHILE_FILLING,
                () -> flight.isAbandoned() && !flight.isLanded() && useless.getAsBoolean() && flight.closeIfDeserted(),
                giveUp));
    }

    /** Begins anew each time that all have left: who came back in between is to have the whole while too. */
    private final class Watch implements Runnable {

        private final Duration linger;
        private final BooleanSupplier stillSo;
        private final Runnable giveUp;
        private final AtomicInteger leavings = new AtomicInteger();

        Watch(Duration linger, BooleanSupplier stillSo, Runnable giveUp) {
            this.linger = linger;
            this.stillSo = stillSo;
            this.giveUp = giveUp;
        }

        @Override
        public void run() {
            int leaving = leavings.incrementAndGet();
            Schedulers.parallel().schedule(() -> over(leaving), linger.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void over(int leaving) {
            if (leaving == leavings.get() && stillSo.getAsBoolean()) {
                counts.lingered.increment();
                giveUp.run();
            }
        }
    }
}
