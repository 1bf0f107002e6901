package dev.weir.loadtest.run;

import dev.weir.loadtest.rig.Fleet;
import java.time.Duration;

/**
 * How often to look at one gateway's waking of its waiters.
 *
 * @param fleet one gateway
 * @param rounds counted ones
 * @param warmUps rounds before them that count for nothing
 * @param bound for one round
 */
public record SpreadPlan(Fleet fleet, int rounds, int warmUps, Duration bound) {}
