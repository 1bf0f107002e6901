package dev.weir.gateway.coalesce;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * Ends waits for a flight's head that have lasted too long: by one clock, however many wait. Those who wait equally long
 * come in the order in which they are to be ended, so that adding one costs next to nothing.
 *
 * <p><b>Threads.</b> Waits begin on any thread and are ended by the clock's; what both touch is guarded by this object, and
 * nothing of others is called while it is held. One whose client has left stays in here as long as it stays parked.
 */
final class Patience {

    private record Limit(long until, HeadWait<?> waiting) {}

    private final Queue<Limit> limits = new PriorityQueue<>(Comparator.comparingLong(Limit::until));
    private final long beginning = System.nanoTime();
    private @Nullable Disposable clock;
    private boolean stopped;

    void limit(HeadWait<?> waiting, Duration longest) {
        Limit limit = new Limit(now() + longest.toNanos(), waiting);
        synchronized (this) {
            if (stopped) {
                return;
            }
            Limit first = limits.peek();
            limits.add(limit);
            if (first == null || limit.until < first.until) {
                wind(limit);
            }
        }
    }

    /** The head is there: nobody waits any more. */
    synchronized void stop() {
        stopped = true;
        limits.clear();
        if (clock != null) {
            clock.dispose();
        }
    }

    private long now() {
        return System.nanoTime() - beginning;
    }

    private void wind(Limit next) {
        if (clock != null) {
            clock.dispose();
        }
        long left = Math.max(0, next.until - now());
        clock = Schedulers.parallel().schedule(() -> due().forEach(HeadWait::tooLate), left, TimeUnit.NANOSECONDS);
    }

    private synchronized List<HeadWait<?>> due() {
        List<HeadWait<?>> due = new ArrayList<>();
        Limit next = limits.peek();
        for (long now = now(); next != null && next.until <= now; next = limits.peek()) {
            due.add(next.waiting);
            limits.poll();
        }
        if (next != null) {
            wind(next);
        }
        return due;
    }
}
