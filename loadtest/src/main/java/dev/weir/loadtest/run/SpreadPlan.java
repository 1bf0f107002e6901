package dev.weir.loadtest.run;

import java.time.Duration;

/**
 * How often to look at one gateway's waking of its waiters.
 *
 * @param rounds counted ones
 * @param warmUps rounds before them that count for nothing
 * @param bound for one round
 */
public record SpreadPlan(int rounds, int warmUps, Duration bound) {}
