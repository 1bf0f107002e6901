package dev.weir.loadtest.run;

/**
 * How long a browse, and by how many.
 *
 * @param requests how many in all
 * @param connections how many requests may be under way at once
 * @param seed decides which pages are popular, and who asks for what
 */
public record BrowsePlan(int requests, int connections, long seed) {}
