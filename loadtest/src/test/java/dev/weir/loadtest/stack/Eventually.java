package dev.weir.loadtest.stack;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A bounded wait for what another process does and nobody tells us: its port, its log, its end. */
final class Eventually {
    private static final Duration STEP = Duration.ofMillis(50);

    private Eventually() {}

    /** Returns as soon as the condition holds; fails with {@code otherwise} once the bound is over. */
    static void await(Duration bound, BooleanSupplier condition, Supplier<String> otherwise) {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(otherwise.get());
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }
}
