package dev.weir.loadtest.rig;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A bounded wait for what another process does and nobody tells us: its port, its log, its end. */
public final class Eventually {
    private static final Duration STEP = Duration.ofMillis(50);

    private Eventually() {}

    /** Returns as soon as the condition holds; fails with {@code otherwise} once the bound is over. */
    public static void await(Duration bound, BooleanSupplier condition, Supplier<String> otherwise) {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(otherwise.get());
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }
}
