package dev.weir.gateway.coalesce;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for the next thing to happen: a lock-free stack (Treiber 1986). Joining it costs the same for the first
 * waiter and the ten-thousandth; whoever makes the thing happen takes all of them off in one step.
 *
 * <p>One who parks must look once more after parking: what it waits for may have happened in between.
 */
final class Parked {

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

    void wakeAll() {
        Node node = top.getAndSet(null);
        while (node != null) {
            node.wake.run();
            node = node.below;
        }
    }
}
