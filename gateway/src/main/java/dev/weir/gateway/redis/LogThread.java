package dev.weir.gateway.redis;

import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * The one thread on which the log is followed, and the clock it goes by.
 *
 * @param executor runs one task at a time
 * @param nanoTime monotonic, in ns from anywhere; the same that standing is compared with
 */
record LogThread(ScheduledExecutorService executor, LongSupplier nanoTime) {

    long now() {
        return nanoTime.getAsLong();
    }
}
