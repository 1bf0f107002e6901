package dev.weir.blog.reload;

import dev.weir.blog.content.ContentFolder;
import dev.weir.blog.content.MalformedContent;
import dev.weir.blog.page.Changes;
import dev.weir.blog.page.Press;
import dev.weir.blog.page.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the snapshot on duty and replaces it whole, or not at all.
 *
 * <p>{@link #current} is one volatile read, for any thread. {@link #reload} blocks on files and rendering; only one runs
 * at a time. The swap comes before the purge: whoever asks again because of the purge finds the new pages.
 */
public final class Reloader {
    private static final Logger log = LoggerFactory.getLogger(Reloader.class);

    /** What became of a reload. */
    public enum Outcome {
        CHANGED,
        UNCHANGED,
        /** A file is at fault; the snapshot before is still on duty. */
        REFUSED
    }

    private final ContentFolder folder;
    private final Press press;
    private final Clock clock;
    private final Consumer<SortedSet<String>> changed;
    private volatile Snapshot current;

    /**
     * Reads the first snapshot.
     *
     * @param changed is given the tags of what a reload changed, never an empty set
     * @throws MalformedContent if a file is at fault: there is no older snapshot to fall back on
     * @throws IOException if the folder can't be read
     */
    public Reloader(ContentFolder folder, Press press, Clock clock, Consumer<SortedSet<String>> changed)
            throws MalformedContent, IOException {
        this.folder = folder;
        this.press = press;
        this.clock = clock;
        this.changed = changed;
        this.current = press.print(folder.read(), null, clock.instant());
        if (!Files.isDirectory(folder.path())) {
            log.warn("there is no folder {}: the blog is empty", folder.path());
        }
        log.info("{} post(s) published from {}", current.posts(), folder.path());
    }

    public Snapshot current() {
        return current;
    }

    public synchronized Outcome reload() {
        Snapshot before = current;
        Snapshot after;
        try {
            after = press.print(folder.read(), before, clock.instant());
        } catch (MalformedContent e) {
            e.problems().forEach(problem -> log.error("reload refused, all pages stay as they were: {}", problem));
            return Outcome.REFUSED;
        } catch (IOException e) {
            log.error("reload refused, all pages stay as they were: {} can't be read: {}", folder.path(), e.toString());
            return Outcome.REFUSED;
        }
        current = after;
        SortedSet<String> tags = Changes.between(before, after);
        if (tags.isEmpty()) {
            log.info("reloaded {} post(s), nothing changed", after.posts());
            return Outcome.UNCHANGED;
        }
        log.info("reloaded {} post(s), changed: {}", after.posts(), tags);
        changed.accept(tags);
        return Outcome.CHANGED;
    }
}
