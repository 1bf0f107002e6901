package dev.weir.gateway.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process has of its machine: clocks that run a little too fast or too slow, threads, and the chance of being
 * stopped, as a whole or a single thread, wherever it looks at a clock or goes out into the world.
 */
final class SimulatedProcess {

    private static final Instant EPOCH = Instant.parse("2030-01-01T00:00:00Z");

    /** Threads that are stopped in the middle of a step at a time: each is a frame on the real stack. */
    private static final int DEEPEST = 3;

    private static int depth(World world) {
        return world.running() == null ? 0 : world.running().depth();
    }

    private final World world;
    private final String name;
    private final Mischance mischance;
    private final List<SimulatedThread> threads = new ArrayList<>();
    private final long origin;
    private final double pace;
    private final long skew;
    private boolean alive = true;
    private int stops;

    /**
     * What its clocks and its scheduler are like.
     *
     * @param stop of a thread at a step
     * @param longest that it may be stopped, in ns
     */
    record Mischance(double stop, long longest) {}

    SimulatedProcess(World world, String name, Mischance mischance) {
        this.world = world;
        this.name = name;
        this.mischance = mischance;
        // any origin: a monotonic clock may count through the sign's change
        this.origin =
                world.happens(0.2) ? Long.MAX_VALUE - world.between(0, 20 * World.SECOND) : world.between(0, 1L << 50);
        this.pace = 1 + (world.below(801) - 400) / 100_000.0; // 0.4 % at most
        this.skew = world.between(-3000, 3000);
    }

    World world() {
        return world;
    }

    String name() {
        return name;
    }

    SimulatedThread thread(String role) {
        SimulatedThread thread = new SimulatedThread(this, role);
        threads.add(thread);
        return thread;
    }

    /** The monotonic clock, read by whoever may be stopped before and after. */
    long nanoTime() {
        mayBeStopped();
        long time = time();
        mayBeStopped();
        return time;
    }

    private long time() {
        return origin + (long) (world.now() * pace);
    }

    /** How long that much of this process' time takes in the world. */
    long inWorld(long nanos) {
        return (long) Math.ceil(nanos / pace);
    }

    Clock wallClock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                mayBeStopped();
                return EPOCH.plusNanos((long) (world.now() * pace)).plusMillis(skew);
            }
        };
    }

    /** A step may take long just here: the scheduler of the machine has other plans for this thread or for all of them. */
    void mayBeStopped() {
        SimulatedThread thread = world.running();
        if (thread == null || !alive || world.isOver() || depth(world) >= DEEPEST || !world.happens(mischance.stop())) {
            return;
        }
        long nanos = world.delay(mischance.longest() / 50, mischance.longest());
        boolean whole = world.happens(0.3);
        world.tell(() -> thread + (whole ? " and its process" : "") + " is stopped in the middle of a step for "
                + nanos / World.MILLI + " ms");
        stops += whole ? 1 : 0;
        thread.nest(() -> world.run(nanos));
        if (whole) {
            goOn();
        }
        while (stops > 0 && !world.isOver()) {
            thread.nest(() -> world.run(10 * World.MILLI));
        }
        world.tell(() -> thread + " goes on");
    }

    /** SIGSTOP. */
    void stop(long nanos) {
        stops++;
        world.in(nanos, this::goOn);
    }

    private void goOn() {
        stops--;
        if (stops == 0) {
            threads.forEach(SimulatedThread::look);
        }
    }

    boolean mayRun() {
        return alive && stops == 0;
    }

    boolean isAlive() {
        return alive;
    }

    /** SIGKILL. */
    void kill() {
        alive = false;
    }

    @Override
    public String toString() {
        return name;
    }
}
