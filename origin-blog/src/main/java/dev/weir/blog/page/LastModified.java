package dev.weir.blog.page;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a page got its present bytes, as far as this process knows. Neither the day in the front matter nor the file's
 * time would do: a page also changes with its neighbours, and a checkout gives every file a new time.
 */
final class LastModified {
    private LastModified() {}

    static Page stamp(String address, Page page, @Nullable Snapshot previous, Instant now) {
        Page old = previous == null ? null : previous.pages().get(address);
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        if (old == null) {
            return page.since(second);
        }
        if (old.body().equals(page.body())) {
            return page.since(old.lastModified());
        }
        // RFC 9110 §8.8.2.2: two versions within one second would share the date, and the older pass for the newer.
        boolean tooClose = old.lastModified() == null || !old.lastModified().isBefore(second);
        return page.since(tooClose ? null : second);
    }
}
