package dev.weir.gateway.flow;

import dev.weir.gateway.http.ByteRanges.Slice;
import dev.weir.gateway.http.ContentRange;
import dev.weir.gateway.policy.CacheRules;
import dev.weir.gateway.policy.Parts;
import dev.weir.gateway.policy.Reuse;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Trust;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a stored part is good for (RFC 9111 §3.3): an answer to ranges within it as long as it is fresh, and a start for
 * the whole, unless a purge of any mode has named it ({@link Offer#usable}): there is little to lose.
 */
final class PartReplies {

    private PartReplies() {}

    /** The reply, where the part has what the client asks for and may be used as it is; else null. */
    static @Nullable Reply covering(Walk walk, StoredResponse part, Trust trust, Instant now, String tier) {
        Slice slice = Parts.covered(part, walk.client());
        ContentRange held = Parts.rangeOf(part);
        if (slice == null || held == null) {
            return null;
        }
        Reuse reuse = Reuse.decide(part, walk.client(), walk.rules(), trust, now);
        return reuse.verdict() == Reuse.Verdict.FRESH
                ? StoredReplies.part(walk, new StoredReplies.Within(part, slice, held.length()), reuse, tier)
                : null;
    }

    /** Whether the origin can be asked for what that part lacks, and the whole be stored. */
    static boolean isCompletable(StoredResponse part, CacheRules rules) {
        return Parts.completion(part) != null && !isOfTooLarge(part, rules);
    }

    /** Whether the whole is more than may be stored. */
    static boolean isOfTooLarge(StoredResponse part, CacheRules rules) {
        ContentRange held = Parts.rangeOf(part);
        return held != null && held.length() > rules.maxObjectBytes();
    }
}
