package dev.weir.gateway.route;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the table on duty and follows its file.
 *
 * <p>Three ways lead to a new table: {@link #reload()} (the admin API, SIGHUP), an event of the file's directory, and a
 * look at the content every two seconds, for what no event tells: a swapped symbolic link above the file, a network
 * mount. All of them end in the same method under one lock, so tables follow each other in one order and listeners see
 * them in it. Readers never take the lock: the table is one immutable value behind a volatile field, and a request that
 * has begun keeps the one it has read.
 *
 * <p>Editors write in steps: truncate, write, write, rename. So the watching thread waits until the directory is quiet
 * and believes what two looks some time apart found the same: half a file may well be valid, and a wrong one is more
 * likely half written than wrong, so it gets ten times as long. A call of {@link #reload()} does not wait: who asks wants
 * to know about the file as it is.
 */
public final class RouteWatcher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RouteWatcher.class);

    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration QUIET = Duration.ofMillis(50);
    private static final Duration QUIET_IF_WRONG = Duration.ofMillis(500);
    private static final int MOST_LOOKS = 100;

    private final Path file;
    private final Map<String, String> environment;
    private final FileChanges changes;
    private final Thread thread;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private volatile RouteTable current;
    private volatile boolean closed;

    // guarded by this
    private Content last;
    private @Nullable Content lastRefused;

    /** Is told of each reload that changed the table or was refused; runs on the reloading thread and must be quick. */
    @FunctionalInterface
    public interface Listener {
        /** Called with the new table on duty already; what it throws is logged and stops nothing. */
        void reloaded(Reload reload);
    }

    private RouteWatcher(Path file, Map<String, String> environment, Content first, RouteTable table, Duration poll) {
        this.file = file;
        this.environment = Map.copyOf(environment);
        this.last = first;
        this.current = table;
        this.changes = new FileChanges(file.toAbsolutePath().resolveSibling(""), poll);
        this.thread = new Thread(this::watch, "weir-routes");
        this.thread.setDaemon(true);
    }

    /**
     * Reads the file and begins to watch it.
     *
     * @param environment what placeholders are filled from
     * @throws InvalidRoutes if the file is wrong or missing: there is nothing to go on with
     */
    public static RouteWatcher open(Path file, Map<String, String> environment) throws InvalidRoutes {
        return open(file, environment, POLL);
    }

    static RouteWatcher open(Path file, Map<String, String> environment, Duration poll) throws InvalidRoutes {
        Content content = Content.of(file);
        RouteFile.Parsed parsed = content.parse(environment);
        RouteTable table = parsed.table().orElseThrow(() -> new InvalidRoutes(parsed.problems()));
        log.info("{}: {} routes, version {}", file, table.routes().size(), table.version());
        RouteWatcher watcher = new RouteWatcher(file, environment, content, table, poll);
        watcher.thread.start();
        return watcher;
    }

    /** The table on duty; always valid. */
    public RouteTable current() {
        return current;
    }

    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    /** Reads the file now and puts it on duty if it is valid. Blocks for the disk: not for event loops. */
    public synchronized Reload reload() {
        return take(Content.of(file));
    }

    private synchronized Reload take(Content content) {
        last = content;
        RouteTable before = current;
        RouteFile.Parsed parsed = content.parse(environment);
        if (parsed.table().isEmpty()) {
            return refuse(content, parsed.problems());
        }
        lastRefused = null;
        RouteTable after = parsed.table().get();
        TableChanges difference = TableChanges.between(before, after);
        if (difference.none()) {
            return Reload.unchanged(before);
        }
        current = after;
        log.info("{}: {}; version {}", file, difference, after.version());
        return tell(Reload.applied(before, after));
    }

    /** Logs once per content, whoever asks how often. */
    private Reload refuse(Content content, List<Problem> problems) {
        Reload reload = Reload.refused(current, problems);
        if (content.equals(lastRefused)) {
            return reload;
        }
        lastRefused = content;
        problems.forEach(problem -> log.error("{}", problem));
        log.error("{}: refused; version {} stays on duty", file, current.version());
        return tell(reload);
    }

    private Reload tell(Reload reload) {
        for (Listener listener : listeners) {
            try {
                listener.reloaded(reload);
            } catch (RuntimeException e) {
                log.error("a listener to the routes failed", e);
            }
        }
        return reload;
    }

    private void watch() {
        while (!closed) {
            try {
                changes.await();
                look();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.error("{}: watching goes on after", file, e);
            }
        }
    }

    /** Takes a new content once two looks with a quiet time between them found the same. */
    private void look() throws InterruptedException {
        for (int looks = 0; looks < MOST_LOOKS && !closed; looks++) {
            Content content = Content.of(file);
            if (!isNew(content)) {
                return;
            }
            boolean valid = content.parse(environment).table().isPresent();
            changes.awaitQuiet(valid ? QUIET : QUIET_IF_WRONG);
            if (content.equals(Content.of(file))) {
                takeIfStillThere(content);
                return;
            }
        }
    }

    /** Looks once more under the lock, so that an older content never follows a newer one that a call has taken. */
    private synchronized void takeIfStillThere(Content content) {
        if (!closed && isNew(content) && content.equals(Content.of(file))) {
            take(content);
        }
    }

    private synchronized boolean isNew(Content content) {
        return !content.equals(last);
    }

    /** Ends the watching and does not wait for it; the table stays readable. */
    @Override
    public void close() {
        closed = true;
        changes.close();
        thread.interrupt();
    }
}
