package dev.weir.blog.page;

import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a reload made invalid. */
public final class Changes {
    private Changes() {}

    /**
     * The tags of all pages whose bytes differ between two snapshots, or which only one of them has; empty when readers
     * could not tell the two apart. A new page counts: its 404 may be stored somewhere.
     */
    public static SortedSet<String> between(Snapshot before, Snapshot after) {
        Set<String> addresses = new HashSet<>(before.pages().keySet());
        addresses.addAll(after.pages().keySet());
        SortedSet<String> tags = new TreeSet<>();
        for (String address : addresses) {
            Page old = before.pages().get(address);
            Page now = after.pages().get(address);
            if (old == null || now == null || !old.body().equals(now.body())) {
                addTag(tags, old);
                addTag(tags, now);
            }
        }
        return tags;
    }

    private static void addTag(Set<String> tags, @Nullable Page page) {
        if (page != null && page.changeTag() != null) {
            tags.add(page.changeTag());
        }
    }
}
