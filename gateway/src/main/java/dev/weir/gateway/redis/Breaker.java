package dev.weir.gateway.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stops asking a Redis that does not answer. Closed: all may try. After a number of failures in a row it is open for a
 * pause; then each pause lets one probe through until one succeeds. Lock-free; a race between a late success and a
 * failure costs one pause or one try.
 */
final class Breaker {

    private static final long CLOSED = 0;

    private final int maxFailures;
    private final long pauseNanos;
    private final AtomicInteger failures = new AtomicInteger();

    /** When the next probe is due, by {@link System#nanoTime}; {@link #CLOSED} otherwise. */
    private final AtomicLong probeAt = new AtomicLong(CLOSED);

    Breaker(int maxFailures, Duration pause) {
        this.maxFailures = maxFailures;
        this.pauseNanos = pause.toNanos();
    }

    boolean mayTry(long nanoTime) {
        long due = probeAt.get();
        return due == CLOSED || (nanoTime - due >= 0 && probeAt.compareAndSet(due, after(nanoTime)));
    }

    boolean isClosed() {
        return probeAt.get() == CLOSED;
    }

    void succeeded() {
        failures.set(0);
        probeAt.set(CLOSED);
    }

    void failed(long nanoTime) {
        if (failures.incrementAndGet() >= maxFailures) {
            probeAt.set(after(nanoTime));
        }
    }

    private long after(long nanoTime) {
        long due = nanoTime + pauseNanos;
        return due == CLOSED ? 1 : due;
    }
}
