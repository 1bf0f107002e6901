package dev.weir.blog.purge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The events not yet applied, oldest first, in bounded memory.
 *
 * <p>An event once begun is never altered: its id may already stand for these tags in the gateway's log. Those behind it
 * may still be merged, since validating more, later and at once is as right as validating less, earlier and one by one.
 * Past {@code mostEvents} they become one event with all their tags, past {@code mostTags} one for the whole blog.
 *
 * <p>Callers are the reload thread and the client's event loop; each call holds the lock for a few moves in memory.
 */
final class PurgeQueue {
    private final int mostEvents;
    private final int mostTags;
    private final SortedSet<String> everything;
    private final Deque<PurgeEvent> waiting = new ArrayDeque<>();
    private @Nullable PurgeEvent begun;

    /** @param everything the tags that invalidate all there is */
    PurgeQueue(int mostEvents, int mostTags, SortedSet<String> everything) {
        this.mostEvents = mostEvents;
        this.mostTags = mostTags;
        this.everything = new TreeSet<>(everything);
    }

    synchronized void add(SortedSet<String> tags, String reason) {
        waiting.addLast(PurgeEvent.of(bounded(tags), reason));
        if (waiting.size() > mostEvents) {
            merge();
        }
    }

    /** The next event, from now on under way; null if there is none, or if one is under way already. */
    synchronized @Nullable PurgeEvent begin() {
        if (begun != null) {
            return null;
        }
        begun = waiting.pollFirst();
        return begun;
    }

    /** The event under way is settled: applied, or refused for good. */
    synchronized void finish() {
        begun = null;
    }

    synchronized int pending() {
        return waiting.size() + (begun == null ? 0 : 1);
    }

    private void merge() {
        SortedSet<String> union = new TreeSet<>();
        int merged = waiting.size();
        waiting.forEach(event -> union.addAll(event.tags()));
        waiting.clear();
        waiting.addLast(PurgeEvent.of(bounded(union), merged + " reloads in one"));
    }

    private SortedSet<String> bounded(SortedSet<String> tags) {
        return tags.size() > mostTags ? everything : tags;
    }
}
