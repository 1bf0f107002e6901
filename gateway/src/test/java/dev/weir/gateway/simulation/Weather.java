package dev.weir.gateway.simulation;

import java.util.List;

/** What goes wrong around the replicas. */
final class Weather {

    private final World world;
    private final RedisModel redis;
    private final Fleet fleet;
    private final long maxAge;

    /** Fair, so far. */
    Weather(Scene scene, Fleet fleet) {
        this.world = scene.world();
        this.redis = scene.redis();
        this.fleet = fleet;
        this.maxAge = scene.maxAge();
    }

    void strike() {
        switch (world.below(14)) {
            case 0 -> redis.crash(pause(), RedisModel.Comeback.EMPTY);
            case 1, 2 -> redis.crash(pause(), RedisModel.Comeback.WITHOUT_ITS_END);
            case 3 -> redis.crash(pause(), RedisModel.Comeback.WHOLE);
            case 4 -> redis.flush();
            case 5 -> redis.loseLog();
            case 6 -> redis.trim(world.below(3));
            case 7 -> redis.freeze(pause());
            case 8 -> stop();
            case 9 -> restart();
            default -> cut();
        }
    }

    private long pause() {
        return world.happens(0.5) ? world.between(World.MILLI, maxAge / 2) : world.between(maxAge / 2, 3 * maxAge);
    }

    private void cut() {
        if (!fleet.running().isEmpty()) {
            Cable.Cut how = world.oneOf(
                    List.of(Cable.Cut.HELD, Cable.Cut.REQUESTS_LOST, Cable.Cut.ANSWERS_LOST, Cable.Cut.ALL_LOST));
            fleet.any().cable().cut(how, pause());
            if (world.happens(0.3)) {
                world.in(world.between(0, 2 * maxAge), () -> redis.trim(world.below(2)));
            }
        }
    }

    private void stop() {
        if (!fleet.running().isEmpty()) {
            SimulatedProcess process = fleet.any().process();
            long nanos = pause();
            world.tell(() -> process + " is stopped for " + nanos / World.MILLI + " ms");
            process.stop(nanos);
        }
    }

    private void restart() {
        if (!fleet.running().isEmpty()) {
            fleet.restart(fleet.any());
        }
    }
}
