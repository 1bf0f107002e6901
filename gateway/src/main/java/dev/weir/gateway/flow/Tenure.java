package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Lease;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A fetch's claim to be the only one of all replicas: from the lease being granted until the fetch says how it ended.
 * Whichever step says so first is heard; a lease that is granted after that goes back at once.
 */
final class Tenure {

    private static final Lease.Hold NONE = ending -> {};
    private static final Lease.Hold OVER = ending -> {};

    private final AtomicReference<Lease.Hold> hold = new AtomicReference<>(NONE);

    void granted(Lease.Hold granted) {
        if (!hold.compareAndSet(NONE, granted)) {
            granted.end(Lease.Ending.GIVEN_UP);
        }
    }

    void end(Lease.Ending ending) {
        hold.getAndSet(OVER).end(ending);
    }
}
