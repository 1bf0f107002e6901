package dev.weir.loadtest.command;

import dev.weir.loadtest.run.BrowsePlan;
import dev.weir.loadtest.run.HerdPlan;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the user asked for.
 *
 * @param herd empty if only the browse shall run
 * @param browse empty if only the herd shall run
 */
public record Options(Target target, Optional<HerdPlan> herd, Optional<BrowsePlan> browse, Bounds bounds) {

    /**
     * Whom to visit and whom to ask.
     *
     * @param gateways at least one, each ending in a slash
     * @param origins whose counters to read; may be empty
     */
    public record Target(List<URI> gateways, List<URI> origins) {
        public Target {
            gateways = List.copyOf(gateways);
            origins = List.copyOf(origins);
        }
    }

    /**
     * How long, and whereto.
     *
     * @param timeout for each phase
     * @param json where to write the result for machines
     */
    public record Bounds(Duration timeout, Optional<Path> json) {}
}
