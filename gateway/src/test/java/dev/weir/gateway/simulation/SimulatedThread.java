package dev.weir.gateway.simulation;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One thread of a process: a queue of steps, each made at once, a little after it was asked for. */
final class SimulatedThread extends AbstractExecutorService implements ScheduledExecutorService {

    private final SimulatedProcess process;
    private final World world;
    private final String role;
    private final Queue<Runnable> steps = new ArrayDeque<>();
    private boolean due;
    private boolean busy;
    private int depth;

    SimulatedThread(SimulatedProcess process, String role) {
        this.process = process;
        this.world = process.world();
        this.role = role;
    }

    SimulatedProcess process() {
        return process;
    }

    @Override
    public void execute(Runnable step) {
        if (process.isAlive()) {
            steps.add(step);
            look();
        }
    }

    /** There may be something to do, and nothing in the way of it. */
    void look() {
        if (!due && !busy && !steps.isEmpty()) {
            due = true;
            world.in(world.between(1_000, 60_000), this::step);
        }
    }

    private void step() {
        due = false;
        if (busy || !process.mayRun()) {
            return; // whoever ends that looks again
        }
        Runnable step = steps.poll();
        if (step == null) {
            return;
        }
        busy = true;
        SimulatedThread before = world.running(this);
        depth = before == null ? 0 : before.depth;
        try {
            step.run();
        } catch (RuntimeException fault) {
            world.violated("a fault in " + this + ": " + fault);
        } finally {
            world.running(before);
            busy = false;
        }
        look();
    }

    /** How many threads stand still below this one. */
    int depth() {
        return depth;
    }

    /** What happens elsewhere while this one stands still. */
    void nest(Runnable elsewhere) {
        depth++;
        SimulatedThread self = world.running(this);
        try {
            elsewhere.run();
        } finally {
            world.running(self);
            depth--;
        }
    }

    private final class Timed<V> extends FutureTask<V> implements ScheduledFuture<V> {

        private final long at;

        Timed(Callable<V> task, long delay) {
            super(task);
            this.at = world.now() + process.inWorld(delay);
            world.in(process.inWorld(delay), this::begin);
        }

        private void begin() {
            if (!isCancelled()) {
                SimulatedThread.this.execute(this);
            }
        }

        @Override
        protected void setException(Throwable fault) {
            super.setException(fault);
            world.violated("a fault in " + SimulatedThread.this + ": " + fault);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - world.now(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return new Timed<>(Executors.callable(task), unit.toNanos(delay));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return new Timed<>(task, unit.toNanos(delay));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    task.run();
                    var unused = scheduleWithFixedDelay(task, delay, delay, unit);
                },
                first,
                unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("nobody asks for it");
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("processes are killed");
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("processes are killed");
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, @Nullable TimeUnit unit) {
        return false;
    }

    @Override
    public String toString() {
        return process + "/" + role;
    }
}
