package dev.weir.loadtest.run;

/**
 * How large a herd, and on what.
 *
 * @param clients how many, each on a connection of its own
 * @param path a real page; a query of its own is added
 * @param originLimit how many requests may reach an origin
 */
public record HerdPlan(int clients, String path, int originLimit) {}
