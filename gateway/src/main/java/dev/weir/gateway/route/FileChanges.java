package dev.weir.gateway.route;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when it is worth looking at the files of a directory again: at its events, and at the latest after a while, for
 * what has no event. Any event counts, whichever file it names: a mounted ConfigMap changes by a rename of {@code
 * ..data}. One thread waits; any thread may close.
 */
final class FileChanges implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FileChanges.class);
    private static final int MOST_BURSTS = 100;

    private final Path directory;
    private final Duration atTheLatest;
    private final @Nullable WatchService watch;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable WatchKey key;

    FileChanges(Path directory, Duration atTheLatest) {
        this.directory = directory;
        this.atTheLatest = atTheLatest;
        this.watch = open(directory);
        register();
    }

    private static @Nullable WatchService open(Path directory) {
        try {
            return directory.getFileSystem().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            log.warn("no file events ({}): changes are seen by looking", e.toString());
            return null;
        }
    }

    /** Again after the directory was gone. */
    private void register() {
        if (watch == null || (key != null && key.isValid())) {
            return;
        }
        try {
            key = directory.register(watch, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
        } catch (IOException e) {
            log.debug("no events of {}: {}", directory, e.toString());
        }
    }

    /** Returns at an event, after the longest wait, or once closed. */
    void await() throws InterruptedException {
        register();
        event(atTheLatest);
    }

    /** Returns once nothing has happened for that long; a directory that never rests is quiet enough after a while. */
    void awaitQuiet(Duration quiet) throws InterruptedException {
        for (int bursts = 0; bursts < MOST_BURSTS && event(quiet); bursts++) {
            register();
        }
    }

    private boolean event(Duration longest) throws InterruptedException {
        if (watch == null) {
            closed.await(longest.toNanos(), TimeUnit.NANOSECONDS);
            return false;
        }
        try {
            WatchKey signalled = watch.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
            if (signalled == null) {
                return false;
            }
            signalled.pollEvents();
            signalled.reset();
            return true;
        } catch (ClosedWatchServiceException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        if (watch != null) {
            try {
                watch.close();
            } catch (IOException e) {
                log.debug("closing the watch of {}: {}", directory, e.toString());
            }
        }
    }
}
