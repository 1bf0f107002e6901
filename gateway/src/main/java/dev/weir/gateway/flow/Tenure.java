package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Lease;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A fetch's claim to be the only one of all replicas: from the lease being granted until the fetch says how it ended.
 * Whichever step says so first is heard; a lease that is granted after that goes back at once.
 */
final class Tenure {

    /** No lease: not yet, or no more. Told apart by identity, which two lambdas would not be sure to have. */
    private enum Without implements Lease.Hold {
        NOT_YET,
        NO_MORE;

        @Override
        public void end(Lease.Ending ending) {}
    }

    private final AtomicReference<Lease.Hold> hold = new AtomicReference<>(Without.NOT_YET);

    void granted(Lease.Hold granted) {
        if (!hold.compareAndSet(Without.NOT_YET, granted)) {
            granted.end(Lease.Ending.GIVEN_UP);
        }
    }

    void end(Lease.Ending ending) {
        hold.getAndSet(Without.NO_MORE).end(ending);
    }
}
