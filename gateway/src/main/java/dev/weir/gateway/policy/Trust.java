package dev.weir.gateway.policy;

/** What the invalidation log says of one stored response, worked out by {@code purge}, obeyed by {@code Reuse}. */
public enum Trust {
    /** No purge names it and this replica may rely on its knowledge. */
    VALID,
    /** A soft purge: treat as stale; the stale rules apply. */
    STALE,
    /** A validate purge, another run of the log, or no standing: to be validated by a strong validator before any use. */
    VALIDATE,
    /** A hard purge: must not be used in any way, not even to validate with. */
    GONE
}
