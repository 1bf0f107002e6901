package dev.weir.ssr.purge;

/**
 * How the emitting goes, for health.
 *
 * @param enabled whether there is an address to send to
 * @param pending events that wait or are on their way
 * @param applied events that every replica has applied
 * @param refused events that the gateway will never take, and that were given up
 * @param merged events that were merged into another because too many waited
 * @param problem what the last attempt ran into; empty after one that was applied
 */
public record PurgeStatus(boolean enabled, int pending, long applied, long refused, long merged, String problem) {}
