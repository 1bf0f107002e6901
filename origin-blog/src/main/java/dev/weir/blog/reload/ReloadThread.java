package dev.weir.blog.reload;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs reloads away from event loops and signal threads. One runs, one may wait; further requests are dropped, because
 * the one that waits has not looked at the files yet and will see whatever they are about.
 */
public final class ReloadThread implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReloadThread.class);

    private final Reloader reloader;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            task -> {
                Thread named = new Thread(task, "blog-reload");
                named.setDaemon(true);
                return named;
            },
            new ThreadPoolExecutor.DiscardPolicy());

    public ReloadThread(Reloader reloader) {
        this.reloader = reloader;
    }

    /** Returns at once. */
    public void request() {
        thread.execute(() -> {
            try {
                reloader.reload();
            } catch (RuntimeException e) {
                log.error("reload failed, all pages stay as they were", e);
            }
        });
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
