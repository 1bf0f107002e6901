package dev.weir.gateway.coalesce;

import java.util.IdentityHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who wait for the next thing to happen: a lock-free stack (Treiber 1986). Joining it costs the same for the first
 * waiter and the ten-thousandth. Whoever makes the thing happen takes all of them off in one step and hands each event
 * loop its own, in one task; it wakes nobody itself. The first to wait is the first to be woken.
 *
 * <p>One who parks must look once more after parking: what it waits for may have happened in between.
 */
final class Parked {

    private static final Logger LOG = LoggerFactory.getLogger(Parked.class);

    /** So many are woken before their loop is given back to its other connections. */
    private static final int AT_ONCE = 64;

    /** One who waits. */
    interface Sleeper {

        /** It has happened; on the sleeper's own loop. */
        void wake();

        /** Its loop takes no tasks any more, and its connection has gone with it; on any thread. */
        void lost();
    }

    private static final class Node {
        private final Executor loop;
        private final Sleeper sleeper;
        private @Nullable Node next;

        Node(Executor loop, Sleeper sleeper, @Nullable Node next) {
            this.loop = loop;
            this.sleeper = sleeper;
            this.next = next;
        }
    }

    private final AtomicReference<@Nullable Node> top = new AtomicReference<>();

    void park(Executor loop, Sleeper sleeper) {
        Node mine = new Node(loop, sleeper, null);
        Node below;
        do {
            below = top.get();
            mine.next = below;
        } while (!top.compareAndSet(below, mine));
    }

    /** Wakes all who parked before; one whose waking fails keeps neither the rest asleep nor the caller from going on. */
    void wakeAll() {
        Node node = top.getAndSet(null);
        if (node == null) {
            return;
        }
        if (node.next == null) {
            handOver(node.loop, node);
            return;
        }
        IdentityHashMap<Executor, Node> byLoop = new IdentityHashMap<>();
        while (node != null) {
            Node below = node.next;
            node.next = byLoop.put(node.loop, node); // turns the order round: the stack has the last one on top
            node = below;
        }
        byLoop.forEach(Parked::handOver);
    }

    private static void handOver(Executor loop, Node first) {
        try {
            loop.execute(() -> wake(loop, first));
        } catch (RejectedExecutionException closed) {
            for (Node node = first; node != null; node = node.next) {
                node.sleeper.lost();
            }
        }
    }

    private static void wake(Executor loop, Node first) {
        Node node = first;
        for (int woken = 0; node != null && woken < AT_ONCE; woken++) {
            try {
                node.sleeper.wake();
            } catch (RuntimeException fault) {
                LOG.error("One who waited could not be woken", fault);
            }
            node = node.next;
        }
        if (node != null) {
            handOver(loop, node);
        }
    }
}
