package dev.weir.ssr.purge;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What is no longer valid, and under which id the gateway is asked about it, however often.
 *
 * @param tags at least one cache tag
 * @param reason for people who read the gateway's log
 */
public record PurgeEvent(String id, Set<String> tags, String reason) {
    public PurgeEvent {
        tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    }

    /** Returns one event for both, under a new id, since it means something else than either. */
    PurgeEvent merge(PurgeEvent later, String newId) {
        Set<String> union = new LinkedHashSet<>(tags);
        union.addAll(later.tags);
        return new PurgeEvent(newId, union, "several changes");
    }
}
