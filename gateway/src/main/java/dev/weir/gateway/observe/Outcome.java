package dev.weir.gateway.observe;

/**
 * What became of one request.
 *
 * @param route the route's id, or {@code -} where none matched
 * @param status as sent to the client
 */
public record Outcome(String route, Verdict verdict, int status) {

    /** Where the answer came from. */
    public enum Verdict {
        HIT_MEMORY,
        HIT_REDIS,
        /** A stored response past its freshness, allowed by the stale rules. */
        STALE,
        /** A stored response that the origin confirmed. */
        REVALIDATED,
        MISS,
        /** A miss that shared another request's fetch. */
        COLLAPSED,
        /** Not the cache's business: forwarded as it was. */
        PASS,
        /** Answered by the route itself. */
        LOCAL,
        /** The origin gave no answer and nothing stored could stand in. */
        FAILED;

        /** As a metric label. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
