package dev.weir.gateway.simulation;

import java.util.List;

/**
 * What all who take part in a history have in common.
 *
 * @param maxAge the isolation's, in ns
 */
record Scene(World world, RedisModel redis, Registrations registrations, List<Page> pages, long maxAge) {}
