package dev.weir.gateway.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Virtual time, what is to happen, and chance: all of a history comes from one seed. */
final class World {

    static final long MILLI = 1_000_000;
    static final long SECOND = 1000 * MILLI;

    private static final Comparator<Event> ORDER =
            Comparator.comparingLong(Event::at).thenComparingLong(Event::order);

    private record Event(long at, long order, Runnable action) {}

    private final PriorityQueue<Event> events = new PriorityQueue<>(256, ORDER);
    private final SplittableRandom chance;
    private final @Nullable List<String> told;
    private final List<String> violations = new ArrayList<>();
    private final long end;
    private long now;
    private long order;
    private @Nullable SimulatedThread running;

    /**
     * Nothing has happened yet.
     *
     * @param told whether steps are to be told in words
     */
    World(long seed, long end, boolean told) {
        this.chance = new SplittableRandom(seed);
        this.end = end;
        this.told = told ? new ArrayList<>() : null;
    }

    /** Since the beginning, in ns. */
    long now() {
        return now;
    }

    boolean isOver() {
        return now >= end;
    }

    void in(long nanos, Runnable action) {
        events.add(new Event(now + Math.max(0, nanos), order++, action));
    }

    /** Lets all happen that is to happen in that time, on top of whatever step is being made. */
    void run(long nanos) {
        long until = Math.min(end, now + nanos);
        while (true) {
            Event next = events.peek();
            if (next == null || next.at() > until) {
                now = Math.max(now, until);
                return;
            }
            events.poll();
            now = next.at();
            next.action().run();
            until = Math.max(until, Math.min(end, now));
        }
    }

    void runToEnd() {
        run(end - now);
    }

    /** From {@code least} to {@code most}, both included. */
    long between(long least, long most) {
        return least >= most ? least : chance.nextLong(least, most + 1);
    }

    int below(int bound) {
        return chance.nextInt(bound);
    }

    boolean happens(double probability) {
        return chance.nextDouble() < probability;
    }

    <T> T oneOf(List<T> some) {
        return some.get(below(some.size()));
    }

    /** A time that is mostly short and sometimes long. */
    long delay(long usual, long longest) {
        return happens(0.9) ? between(usual / 10, usual) : between(usual, longest);
    }

    /** The thread whose step is being made; null between steps. */
    @Nullable SimulatedThread running() {
        return running;
    }

    @Nullable SimulatedThread running(@Nullable SimulatedThread next) {
        SimulatedThread before = running;
        running = next;
        return before;
    }

    void tell(Supplier<String> step) {
        if (told != null) {
            told.add("%10.3f ms  %s".formatted(now / (double) MILLI, step.get()));
        }
    }

    void violated(String what) {
        tell(() -> "VIOLATION: " + what);
        violations.add(what);
    }

    List<String> violations() {
        return violations;
    }

    /** All steps, where they are told. */
    List<String> told() {
        return told == null ? List.of() : told;
    }
}
