package dev.weir.blog.page;

/**
 * The Cache-Control of each kind of answer. Always explicit (RFC 9111 §4.2.1), never heuristic.
 *
 * <p>No s-maxage: it carries the semantics of proxy-revalidate (RFC 9111 §5.2.2.10) and would forbid shared caches the
 * stale-while-revalidate that stands beside it.
 */
public final class Freshness {
    /** Pages change by a purge at the gateway; the minute bounds what browsers and foreign caches may keep. */
    static final String PAGE = "public, max-age=60, stale-while-revalidate=30, stale-if-error=86400";

    static final String FEED = "public, max-age=300, stale-while-revalidate=60, stale-if-error=86400";

    /** The URL holds the hash of the bytes (RFC 8246). */
    static final String ASSET = "public, max-age=31536000, immutable";

    /** Long enough to absorb a burst, short enough that a new page shows up even where no purge arrives. */
    public static final String NOT_FOUND = "public, max-age=10";

    public static final String REDIRECT = "public, max-age=3600";

    private Freshness() {}
}
