package dev.weir.gateway.simulation;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Reactor's shared schedulers as they are in a simulation: whoever uses them stays on a thread of its own process. */
final class SimulatedTime implements Schedulers.Factory {

    private static final ThreadLocal<World> WORLD = new ThreadLocal<>();

    /** What is scheduled from here on is of that world. */
    static void enter(World world) {
        WORLD.set(world);
    }

    static void leave() {
        WORLD.remove();
    }

    @Override
    public Scheduler newParallel(int parallelism, ThreadFactory threads) {
        return new OnRunning();
    }

    private static ScheduledExecutorService running() {
        World world = WORLD.get();
        SimulatedThread thread = world == null ? null : world.running();
        if (thread == null) {
            throw new IllegalStateException("scheduled from outside of any simulated thread");
        }
        return thread;
    }

    private static final class OnRunning implements Scheduler {

        @Override
        public Disposable schedule(Runnable task) {
            return Schedulers.fromExecutorService(running()).schedule(task);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return Schedulers.fromExecutorService(running()).schedule(task, delay, unit);
        }

        @Override
        public Worker createWorker() {
            return Schedulers.fromExecutorService(running()).createWorker();
        }
    }
}
