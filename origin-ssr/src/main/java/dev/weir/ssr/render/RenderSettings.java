package dev.weir.ssr.render;

import java.time.Duration;

/**
 * The pool's bounds.
 *
 * @param isolates how many isolates, and so threads, render
 * @param queue how many requests may wait for one
 * @param timeout the longest that one page may wait, and then again the longest that it may run
 * @param heapMegabytes the heap limit of one isolate, in MiB; the first pool of a process sets it for all
 */
public record RenderSettings(int isolates, int queue, Duration timeout, int heapMegabytes) {
    public RenderSettings {
        require(isolates >= 1 && isolates <= 256, "isolates", isolates, "1 to 256");
        require(queue >= 1 && queue <= 100_000, "queue", queue, "1 to 100000");
        require(timeout.toMillis() >= 1 && timeout.toHours() < 1, "render-timeout", timeout, "1ms to 1h");
        require(heapMegabytes >= 16 && heapMegabytes <= 4096, "heap-megabytes", heapMegabytes, "16 to 4096");
    }

    private static void require(boolean valid, String name, Object value, String expected) {
        if (!valid) {
            throw new IllegalArgumentException("ssr." + name + " is " + value + " (expected: " + expected + ")");
        }
    }
}
