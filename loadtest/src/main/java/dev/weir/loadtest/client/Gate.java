package dev.weir.loadtest.client;

import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Holds a number of clients until each is at the gate, then releases all at once. A client that fails on its way
 * counts as arrived, so one that cannot connect does not hold the others for ever.
 */
public final class Gate {
    private final AtomicInteger awaited;
    private final Sinks.Empty<Void> opening = Sinks.empty();
    private volatile long openedAt;

    public Gate(int clients) {
        awaited = new AtomicInteger(clients);
    }

    void arrive() {
        if (awaited.decrementAndGet() == 0) {
            openedAt = System.nanoTime();
            opening.tryEmitEmpty();
        }
    }

    Mono<Void> opening() {
        return opening.asMono();
    }

    /** When the gate opened, by {@link System#nanoTime()}; meaningless before. */
    long openedAt() {
        return openedAt;
    }
}
