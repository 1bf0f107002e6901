package dev.weir.ssr.purge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Events that wait for the gateway, in order, at most a given number. Past that number a new event is merged into the
 * last one that waits, so nothing is forgotten and the queue stays bounded. The first event is never altered: it may
 * have been sent. All methods may be called from any thread.
 */
final class PurgeQueue {
    private final int bound;
    private final Supplier<String> ids;
    private final Deque<PurgeEvent> events = new ArrayDeque<>();
    private long merged;

    /**
     * Makes an empty queue.
     *
     * @param bound how many events may wait, at least 2
     * @param ids gives a new id at each call
     */
    PurgeQueue(int bound, Supplier<String> ids) {
        if (bound < 2) {
            throw new IllegalArgumentException("bound is " + bound + " (expected: at least 2)");
        }
        this.bound = bound;
        this.ids = ids;
    }

    synchronized void add(PurgeEvent event) {
        if (events.size() < bound) {
            events.addLast(event);
        } else {
            events.addLast(events.removeLast().merge(event, ids.get()));
            merged++;
        }
    }

    synchronized @Nullable PurgeEvent first() {
        return events.peekFirst();
    }

    synchronized void removeFirst() {
        events.removeFirst();
    }

    synchronized int size() {
        return events.size();
    }

    synchronized long merged() {
        return merged;
    }
}
