package dev.weir.loadtest.run;

import dev.weir.loadtest.rig.Fleet;
import dev.weir.loadtest.rig.Scene;
import java.time.Duration;
import java.util.List;

/**
 * The same herd against Weir and its peers.
 *
 * @param fleet the gateways
 * @param peers whether others than Weir run too
 * @param scenes what the origin plays, one after the other
 */
public record ContestPlan(Sizes sizes, Rounds rounds, Fleet fleet, boolean peers, List<Scene> scenes) {
    public ContestPlan {
        scenes = List.copyOf(scenes);
    }

    /**
     * How many clients, each on a connection of its own.
     *
     * @param shared where one answer may serve all
     * @param unshared where each needs an answer of its own
     */
    public record Sizes(int shared, int unshared) {
        int of(Scene scene) {
            return scene.isShareable() ? shared : Math.min(shared, unshared);
        }
    }

    /**
     * How often.
     *
     * @param counted rounds, for each scene and contestant
     * @param warmUps rounds before them that count for nothing: a JVM compiles what it runs often
     * @param bound for one round
     */
    public record Rounds(int counted, int warmUps, Duration bound) {}
}
