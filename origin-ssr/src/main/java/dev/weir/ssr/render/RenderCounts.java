package dev.weir.ssr.render;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the pool's threads count; read by anyone. */
final class RenderCounts {
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicLong renders = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong replaced = new AtomicLong();

    void opened() {
        live.incrementAndGet();
    }

    void closed() {
        live.decrementAndGet();
    }

    void rendered() {
        renders.incrementAndGet();
    }

    void failed() {
        failures.incrementAndGet();
    }

    void refused() {
        refused.incrementAndGet();
    }

    void replaced() {
        replaced.incrementAndGet();
    }

    int live() {
        return live.get();
    }

    RenderStatus status(int isolates, int queued, int queueLimit) {
        return new RenderStatus(
                isolates, live.get(), queued, queueLimit, renders.get(), failures.get(), refused.get(), replaced.get());
    }
}
