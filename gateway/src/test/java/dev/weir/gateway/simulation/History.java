package dev.weir.gateway.simulation;

import dev.weir.gateway.redis.RedisSettings;
import java.time.Duration;
import java.util.List;

/** What happens in some seconds of virtual time to some replicas, out of one seed. */
final class History {

    /** As long as a standing lasts, the history goes on so many times. */
    private static final int MAX_AGES = 7;

    /**
     * What came of it.
     *
     * @param steps in words, where they were told
     * @param answers to visitors
     * @param applied purges that were answered with applied
     */
    record Outcome(long seed, List<String> violations, List<String> steps, int answers, int applied) {

        String inWords() {
            return "history " + seed + ":\n" + String.join("\n", steps) + "\n" + String.join("\n", violations);
        }
    }

    private History() {}

    /**
     * Lets it happen.
     *
     * @param told whether its steps are told in words
     */
    static Outcome of(long seed, boolean told) {
        // The length is chance as well; it has a world of its own
        World before = new World(seed, 0, false);
        long maxAge = before.happens(0.1) ? 600 * World.MILLI : before.between(1500, 5000) * World.MILLI;
        World world = new World(seed, MAX_AGES * maxAge, told);
        SimulatedTime.enter(world);
        try {
            return of(seed, world, maxAge);
        } finally {
            SimulatedTime.leave();
        }
    }

    private static Outcome of(long seed, World world, long maxAge) {
        Registrations registrations = new Registrations(world);
        RedisModel redis = new RedisModel(world, registrations);
        List<Page> pages = pages(world);
        Promises promises = new Promises();
        SimulatedReplica.Surroundings surroundings = new SimulatedReplica.Surroundings(
                pages,
                new SimulatedOrigin.Temper(
                        world.oneOf(List.of(0.0, 0.05, 0.3)),
                        world.oneOf(List.of(300 * World.MILLI, maxAge, 2 * maxAge))),
                world.oneOf(List.of(0.0, 0.1, 0.5, 1.0)));
        SimulatedProcess.Mischance mischance =
                new SimulatedProcess.Mischance(world.oneOf(List.of(0.0, 0.002, 0.01)), 2 * maxAge);
        Scene scene = new Scene(world, redis, registrations, pages, maxAge);
        Fleet fleet = new Fleet(scene, settings(world, maxAge), surroundings, mischance);
        Visitors visitors = new Visitors(scene, fleet, promises);
        Editor editor = new Editor(scene, fleet, promises, visitors);
        Weather weather = new Weather(scene, fleet);

        long replicas = world.between(2, 3);
        for (int i = 0; i < replicas; i++) {
            world.in(world.between(0, 200 * World.MILLI), fleet::start);
        }
        long length = MAX_AGES * maxAge;
        some(world, world.between(4, 24), length, () -> visitors.come(world.oneOf(pages)));
        some(world, world.between(2, 5), length, editor::edit);
        some(world, world.between(0, 5), length, weather::strike);
        world.runToEnd();
        return new Outcome(seed, world.violations(), world.told(), visitors.answers(), editor.applied());
    }

    private static void some(World world, long times, long length, Runnable action) {
        for (int i = 0; i < times; i++) {
            world.in(world.between(300 * World.MILLI, length), action);
        }
    }

    private static List<Page> pages(World world) {
        return List.of(page(world, "/a/one", "red"), page(world, "/a/two", "red blue"), page(world, "/three", "blue"));
    }

    private static Page page(World world, String path, String tags) {
        String fresh = world.oneOf(List.of("max-age=1", "max-age=600", "max-age=600", "max-age=600"));
        String stale = world.oneOf(List.of("", ", stale-while-revalidate=600", ", stale-if-error=600"));
        Page.Validator validator = world.oneOf(
                List.of(Page.Validator.STRONG, Page.Validator.STRONG, Page.Validator.WEAK, Page.Validator.NONE));
        return new Page(path, List.of(tags.split(" ")), fresh + stale, validator);
    }

    private static RedisSettings settings(World world, long maxAge) {
        RedisSettings some = RedisSettings.of("redis://127.0.0.1:1");
        return new RedisSettings(
                some.uri(),
                new RedisSettings.Connecting(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2)),
                some.lookups(),
                some.writes(),
                new RedisSettings.Isolation(Duration.ofNanos(maxAge), Duration.ofNanos(maxAge / world.between(3, 5))));
    }
}
