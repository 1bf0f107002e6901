package dev.weir.gateway.coalesce;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who wait for the next thing to happen: a lock-free stack (Treiber 1986). Joining it costs the same for the first
 * waiter and the ten-thousandth; whoever makes the thing happen takes all of them off in one step.
 *
 * <p>One who parks must look once more after parking: what it waits for may have happened in between.
 */
final class Parked {

    private static final Logger LOG = LoggerFactory.getLogger(Parked.class);

    private record Node(Runnable wake, @Nullable Node below) {}

    private final AtomicReference<@Nullable Node> top = new AtomicReference<>();

    void park(Runnable wake) {
        Node below;
        Node mine;
        do {
            below = top.get();
            mine = new Node(wake, below);
        } while (!top.compareAndSet(below, mine));
    }

    /** Wakes all who parked before; one whose waking fails keeps neither the rest asleep nor the caller from going on. */
    void wakeAll() {
        Node node = top.getAndSet(null);
        while (node != null) {
            try {
                node.wake.run();
            } catch (RuntimeException fault) {
                LOG.error("One who waited could not be woken", fault);
            }
            node = node.below;
        }
    }
}
