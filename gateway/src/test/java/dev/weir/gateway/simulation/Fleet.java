package dev.weir.gateway.simulation;

import dev.weir.gateway.redis.RedisSettings;
import java.util.ArrayList;
import java.util.List;

/** The replicas of a history: some processes at a time, a new one for each that dies. */
final class Fleet {

    private final World world;
    private final RedisModel redis;
    private final Registrations registrations;
    private final RedisSettings settings;
    private final SimulatedReplica.Surroundings surroundings;
    private final SimulatedProcess.Mischance mischance;
    private final List<SimulatedReplica> running = new ArrayList<>();
    private int started;

    Fleet(
            Scene scene,
            RedisSettings settings,
            SimulatedReplica.Surroundings surroundings,
            SimulatedProcess.Mischance mischance) {
        this.world = scene.world();
        this.redis = scene.redis();
        this.registrations = scene.registrations();
        this.settings = settings;
        this.surroundings = surroundings;
        this.mischance = mischance;
    }

    void start() {
        SimulatedProcess process = new SimulatedProcess(world, "replica" + ++started, mischance);
        world.tell(() -> process + " starts");
        running.add(new SimulatedReplica(process, redis, settings, surroundings));
    }

    List<SimulatedReplica> running() {
        return running;
    }

    SimulatedReplica any() {
        return world.oneOf(running);
    }

    /** One that would get requests: ready, if there is one. Seldom any. */
    SimulatedReplica serving() {
        List<SimulatedReplica> ready =
                running.stream().filter(SimulatedReplica::isReady).toList();
        return ready.isEmpty() || world.happens(0.02) ? any() : world.oneOf(ready);
    }

    void restart(SimulatedReplica victim) {
        if (running.remove(victim)) {
            world.tell(() -> victim + " is killed");
            victim.process().kill();
            registrations.ended(victim.process().name());
            world.in(world.between(0, 2 * World.SECOND), this::start);
        }
    }
}
