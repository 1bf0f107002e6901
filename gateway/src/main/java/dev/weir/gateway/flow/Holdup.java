package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Flight;
import dev.weir.gateway.origin.OriginFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps one reader that stands still from holding up a sliding flight for ever: its neighbours, and the connection to the
 * origin. Who has not moved for the whole stall timeout is cut, visibly; who is merely slow is waited for.
 */
final class Holdup {

    private final Flight<?> flight;
    private final String origin;
    private final Duration stallTimeout;
    private final AtomicBoolean watched = new AtomicBoolean();

    Holdup(Flight<?> flight, String origin, Duration stallTimeout) {
        this.flight = flight;
        this.origin = origin;
        this.stallTimeout = stallTimeout;
    }

    /** The producer has found no room. */
    void noticed() {
        if (watched.compareAndSet(false, true)) {
            Runnable cut = flight.cutIfUnmoved(
                    new OriginFailure(OriginFailure.Kind.BROKEN, origin, "its reader has stood still for too long"));
            Schedulers.parallel().schedule(() -> over(cut), stallTimeout.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void over(Runnable cut) {
        watched.set(false);
        cut.run();
        if (!flight.isLanded() && !flight.hasRoom()) {
            noticed(); // another one has become the slowest
        }
    }
}
