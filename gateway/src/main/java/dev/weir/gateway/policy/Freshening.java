package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import java.util.HashSet;
import java.util.Set;

/** How a 304 selects a stored response (RFC 9111 §4.3.4) and updates its fields (§3.2). */
final class Freshening {

    /** They describe bytes that a 304 does not bring; lower case. */
    private static final Set<String> OF_CONTENT = Set.of("content-encoding", "content-range", "content-type");

    /** They speak of one answer and never outlive it; lower case. */
    private static final Set<String> OF_ONE_ANSWER = Set.of("age", "date");

    private Freshening() {}

    /** Whether the 304 speaks of that stored response. */
    static boolean selects(Headers notModified, Headers stored) {
        String brought = EntityTags.of(notModified);
        if (brought != null) {
            String held = EntityTags.ofOrigin(stored);
            // a strong validator selects what has the same; a weak one also what matches weakly
            return held != null
                    ? EntityTags.matchesWeakly(brought, held)
                            && (!EntityTags.isStrong(brought) || EntityTags.isStrong(held))
                    : hasSameDate(notModified, stored);
        }
        // without any validator it answers the one question that was asked, and that named this response alone
        return !notModified.contains("Last-Modified") || hasSameDate(notModified, stored);
    }

    private static boolean hasSameDate(Headers notModified, Headers stored) {
        String modified = notModified.only("Last-Modified");
        return modified != null && modified.equals(stored.only("Last-Modified"));
    }

    /** The stored fields, each that the 304 brings replaced by what it brings. */
    static Headers merge(Headers stored, Headers notModified, StoredResponse.Times times) {
        Headers brought = StoredHead.storable(notModified).without(OF_CONTENT);
        if (EntityTags.ofOrigin(stored) != null) {
            brought = brought.without("ETag"); // equal, and the stored one tells whether its bytes were meant strongly
        }
        Set<String> replaced = new HashSet<>(brought.names());
        replaced.addAll(OF_ONE_ANSWER);
        Headers merged = stored.without(replaced).toBuilder().addAll(brought).build();
        return StoredHead.dated(merged, times);
    }
}
