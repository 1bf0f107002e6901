package dev.weir.gateway.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what no event tells: asks again until it is so, for ten seconds at most. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Eventually() {}

    /** The first answer that will do; fails with the last one that would not. */
    public static <T> T get(Supplier<T> question, Predicate<T> enough) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T answer = question.get();
        while (!enough.test(answer)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + PATIENCE + "; last: " + answer);
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            answer = question.get();
        }
        return answer;
    }

    /** Whether it becomes true in that time. */
    public static boolean isTrueWithin(Duration patience, Supplier<Boolean> condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.get()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        return true;
    }

    public static void isTrue(Supplier<Boolean> condition) {
        get(condition, Boolean::booleanValue);
    }
}
