package dev.weir.loadtest.crowd;

import dev.weir.loadtest.client.CacheStatus;
import dev.weir.loadtest.client.Source;

/**
 * What one client of a crowd saw.
 *
 * @param firstByteAt when the first byte of the answer was read, by {@link System#nanoTime()}; 0 if none came
 * @param wholeAt when its last one was; 0 if it did not come
 * @param status 0 without a head
 * @param cacheStatus the field's value; empty if there is none
 * @param body what was checked of its bytes
 * @param failure why there is no whole answer; empty if there is one
 */
public record Sighting(
        long firstByteAt, long wholeAt, int status, String cacheStatus, BodyCheck.Result body, String failure) {

    /** A whole answer, not an error, and every byte as it should be. */
    public boolean isGood() {
        return failure.isEmpty() && status == 200 && body.exact();
    }

    /** Where that cache says the answer came from. */
    public Source source(String cache) {
        return CacheStatus.of(cache, cacheStatus).map(CacheStatus::source).orElse(Source.UNMARKED);
    }

    /** Did the request of this client go to the origin, for others perhaps as well? */
    public boolean isLeader(String cache) {
        return switch (source(cache)) {
            case MISS, VALIDATED, BYPASS, UNMARKED -> true;
            case MEMORY, REDIS, HIT, STALE, COLLAPSED -> false;
        };
    }
}
