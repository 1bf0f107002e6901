package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Flight;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * Carries a body that is not kept from the origin to the flight's remaining member, never more than the flight's window
 * ahead of it. When nobody is left the exchange is cancelled.
 *
 * <p><b>Threads.</b> {@link #more} comes from the reader's thread and from the origin's; {@code wip} lets one of them
 * ask at a time.
 */
final class Passing extends BaseSubscriber<byte[]> {

    private final Flight<?> flight;
    private final String origin;
    private final Holdup holdup;
    private final AtomicInteger wip = new AtomicInteger();
    private final AtomicBoolean asked = new AtomicBoolean();

    Passing(Flight<?> flight, String origin, Holdup holdup) {
        this.flight = flight;
        this.origin = origin;
        this.holdup = holdup;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        more();
    }

    @Override
    protected void hookOnNext(byte[] chunk) {
        asked.set(false);
        flight.append(chunk);
        more();
    }

    @Override
    protected void hookOnComplete() {
        flight.end();
    }

    @Override
    protected void hookOnError(Throwable failure) {
        flight.fail(failure);
    }

    /** Asks for the next chunk if there is room and none has been asked for. */
    void more() {
        if (wip.getAndIncrement() != 0) {
            return;
        }
        do {
            if (upstream() == null) {
                continue; // members who leave at the head call this before the body is subscribed: nothing to ask yet
            }
            if (!flight.hasRoom()) {
                holdup.noticed();
            } else if (asked.compareAndSet(false, true)) {
                request(1);
            }
        } while (wip.decrementAndGet() != 0);
    }

    void abandon() {
        cancel();
        flight.fail(Landing.abandoned(origin));
    }
}
