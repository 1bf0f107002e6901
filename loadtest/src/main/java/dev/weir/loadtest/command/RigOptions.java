package dev.weir.loadtest.command;

import dev.weir.loadtest.run.ContestPlan;
import dev.weir.loadtest.run.SpreadPlan;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A measurement that starts all it needs by itself: exactly one of the two.
 *
 * @param contest the same herd against Weir and its peers
 * @param spread how close together one gateway answers
 */
public record RigOptions(Optional<ContestPlan> contest, Optional<SpreadPlan> spread, Files files) {
    /** Where to write the result as well. */
    public record Files(Optional<Path> json, Optional<Path> markdown) {}
}
