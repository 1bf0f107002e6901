package dev.weir.blog.purge;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * One purge to be told.
 *
 * @param id the same in every attempt, so that the gateway can recognise a repetition
 * @param tags what is no longer valid, sorted, at least one
 * @param reason one line for the gateway's log
 */
record PurgeEvent(String id, List<String> tags, String reason) {
    PurgeEvent {
        tags = List.copyOf(tags);
    }

    static PurgeEvent of(SortedSet<String> tags, String reason) {
        return new PurgeEvent(UUID.randomUUID().toString(), List.copyOf(tags), reason);
    }

    SortedSet<String> tagSet() {
        return new TreeSet<>(tags);
    }
}
