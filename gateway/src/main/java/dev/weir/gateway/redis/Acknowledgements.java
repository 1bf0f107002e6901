package dev.weir.gateway.redis;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.purge.PurgeLog.ReplicaState;
import dev.weir.gateway.purge.PurgeLog.ReplicaState.Status;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Those who wait for word of the replicas. Joined and left from any thread, answered by the log's. */
final class Acknowledgements {

    /** Past it, a purge is answered with what is known at once. */
    private static final int MAX_WAITERS = 1024;

    private final Queue<Waiter> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final LongSupplier nanoTime;

    Acknowledgements(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * One who waits.
     *
     * @param position that no replica may be open for; null: any states will do, with respect to the log's end
     */
    record Waiter(@Nullable LogPosition position, long sinceNanos, CompletableFuture<List<ReplicaState>> answer) {}

    /** Null where too many wait already. */
    @Nullable Waiter join(@Nullable LogPosition position) {
        if (size.incrementAndGet() > MAX_WAITERS) {
            size.decrementAndGet();
            return null;
        }
        Waiter waiter = new Waiter(position, nanoTime.getAsLong(), new CompletableFuture<>());
        waiting.add(waiter);
        return waiter;
    }

    void leave(Waiter waiter) {
        if (waiting.remove(waiter)) {
            size.decrementAndGet();
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * Answers whom the registry has an answer for.
     *
     * @param sentNanos when the question was sent that the registry's rows are the answer to
     * @param end of the log, as that answer named it
     */
    void check(Registry registry, long sentNanos, LogPosition end) {
        for (Waiter waiter : waiting) {
            if (sentNanos - waiter.sinceNanos() < 0) {
                continue; // that question may have been answered before the purge was in the log
            }
            LogPosition position = waiter.position();
            List<ReplicaState> states = position == null
                    ? registry.states(end, sentNanos)
                    : registry.statesFor(position, waiter.sinceNanos(), sentNanos);
            if (position == null || states.stream().noneMatch(state -> state.status() == Status.OPEN)) {
                leave(waiter);
                waiter.answer().complete(states);
            }
        }
    }
}
