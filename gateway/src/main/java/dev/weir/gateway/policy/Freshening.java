package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a 304 or the answer to a HEAD selects a stored response (RFC 9111 §4.3.4, §4.3.5) and updates its fields (§3.2). */
final class Freshening {

    /**
     * They describe bytes that the answer does not bring: how the stored ones are to be read, and whether they are sound.
     * §3.2 lets a cache keep what it needs for that; a Content-Digest is even that of the answer's own content
     * (RFC 9530 §2), which is none. Lower case.
     */
    private static final Set<String> OF_CONTENT =
            Set.of("content-encoding", "content-range", "content-md5", "content-digest");

    /** They speak of one answer and never outlive it; lower case. */
    private static final Set<String> OF_ONE_ANSWER = Set.of("age", "date");

    private Freshening() {}

    /** Whether the 304 speaks of that stored response. */
    static boolean selects(Headers notModified, Headers stored) {
        String brought = EntityTags.of(notModified);
        String held = EntityTags.ofOrigin(stored);
        if (brought != null && held != null) {
            // §4.3.4: a strong validator selects what has the same; a weak one also what matches weakly
            return EntityTags.isStrong(brought)
                    ? EntityTags.matchesStrongly(brought, held)
                    : EntityTags.matchesWeakly(brought, held);
        }
        // without any validator it answers the one question that was asked, and that named this response alone
        return hasSameDate(notModified, stored) || (brought == null && !notModified.contains("Last-Modified"));
    }

    /** §4.3.5: what of entity tag, date of modification and length the answer to a HEAD has is what is stored. */
    static boolean isSameByHead(StoredResponse stored, Headers head) {
        Headers fields = stored.headers();
        String held = EntityTags.ofOrigin(fields);
        String brought = EntityTags.of(head);
        boolean sameTag = brought == null ? !head.contains("ETag") : held != null && held.equals(brought);
        boolean sameDate = !head.contains("Last-Modified") || hasSameDate(head, fields);
        String length = head.only("Content-Length");
        boolean sameLength = length == null
                || CacheControl.deltaSeconds(length) == stored.body().identity().length;
        return sameTag && sameDate && sameLength;
    }

    /**
     * The stored response with the answer's fields; null where it can't be kept with them: it would have too many
     * selectors, or vary by fields whose values nobody kept (§4.1).
     */
    static @Nullable StoredResponse update(
            StoredResponse stored, Headers brought, StoredResponse.Times times, LogPosition position) {
        Headers merged = merge(stored.headers(), brought, times);
        Set<Selector> selectors = Selectors.of(stored.key(), merged);
        if (selectors.isEmpty() || !Vary.names(merged).equals(stored.variant().names())) {
            return null;
        }
        return new StoredResponse(
                stored.key(),
                stored.head().withHeaders(merged),
                times,
                stored.variant(),
                new StoredResponse.Provenance(position, stored.provenance().rulesHash(), selectors),
                stored.body());
    }

    /** The stored fields, each that the answer brings replaced by what it brings (§3.2). */
    static Headers merge(Headers stored, Headers answer, StoredResponse.Times times) {
        Headers brought = StoredHead.storable(answer, stored).without(OF_CONTENT);
        if (EntityTags.ofOrigin(stored) != null) {
            brought = brought.without("ETag"); // equal, and the stored one tells whether its bytes were meant strongly
        }
        Set<String> replaced = new HashSet<>(brought.names());
        replaced.addAll(OF_ONE_ANSWER);
        Headers merged = stored.without(replaced).toBuilder().addAll(brought).build();
        return StoredHead.dated(merged, times);
    }

    private static boolean hasSameDate(Headers answer, Headers stored) {
        String modified = answer.only("Last-Modified");
        return modified != null && modified.equals(stored.only("Last-Modified"));
    }
}
