package dev.weir.gateway.redis;

import io.lettuce.core.api.StatefulConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection that is there when Redis is. Lettuce reconnects what was connected once; this adds the first attempt,
 * repeated with a capped backoff, and {@link #reset} for a connection that has gone silent without being closed.
 *
 * <p>Threads: attempts start and end on the timer's one thread, which alone sets {@code connection}; anyone reads it.
 */
final class Link<C extends StatefulConnection<?, ?>> {

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final long FIRST_BACKOFF_MILLIS = 50;

    private final String name;
    private final Supplier<CompletionStage<C>> connect;
    private final ScheduledExecutorService timer;
    private final long maxBackoffMillis;
    private volatile Consumer<C> whenConnected = fresh -> {};
    private volatile @Nullable C connection;
    private volatile boolean closed;

    /** Whether an attempt is under way or due; the timer's thread only. */
    private boolean connecting;

    Link(String name, Supplier<CompletionStage<C>> connect, ScheduledExecutorService timer, Duration maxBackoff) {
        this.name = name;
        this.connect = connect;
        this.timer = timer;
        this.maxBackoffMillis = maxBackoff.toMillis();
    }

    /** Starts connecting; returns at once. What is given runs on the timer's thread with each fresh connection. */
    void open(Consumer<C> action) {
        whenConnected = action;
        onTimer(this::connectAnew);
    }

    void open() {
        open(fresh -> {});
    }

    /** The connection, or null where Redis is away. It may still go away before it is used: commands then fail at once. */
    @Nullable C current() {
        C now = connection;
        return now != null && now.isOpen() ? now : null;
    }

    /** Drops a connection that no longer answers, with whatever waits in its buffers, and connects anew. */
    void reset(C silent) {
        onTimer(() -> {
            if (connection == silent) {
                LOG.warn("Redis connection '{}' no longer answers; connecting anew", name);
                connection = null;
                drop(silent);
                connectAnew();
            }
        });
    }

    /** Connects no more. The connection itself ends with the client that made it. */
    void close() {
        closed = true;
        connection = null;
    }

    private void connectAnew() {
        if (!connecting && !closed) {
            connecting = true;
            attempt(FIRST_BACKOFF_MILLIS);
        }
    }

    private void attempt(long backoffMillis) {
        CompletionStage<C> attempt;
        try {
            attempt = connect.get();
        } catch (RuntimeException refused) {
            attempt = CompletableFuture.failedFuture(refused);
        }
        attempt.whenComplete((fresh, failure) -> onTimer(() -> {
            if (failure == null) {
                connected(fresh);
            } else {
                failed(failure, backoffMillis);
            }
        }));
    }

    private void connected(C fresh) {
        connecting = false;
        if (closed) {
            drop(fresh);
            return;
        }
        connection = fresh;
        LOG.info("Redis connection '{}' is up", name);
        whenConnected.accept(fresh);
    }

    private void failed(Throwable failure, long backoffMillis) {
        if (closed) {
            return;
        }
        if (backoffMillis == FIRST_BACKOFF_MILLIS) {
            LOG.warn("Redis connection '{}' can't be made, trying on: {}", name, rootMessage(failure));
        }
        long jittered = backoffMillis / 2 + ThreadLocalRandom.current().nextLong(backoffMillis / 2 + 1);
        var unused = timer.schedule(
                () -> attempt(Math.min(maxBackoffMillis, backoffMillis * 2)), jittered, TimeUnit.MILLISECONDS);
    }

    private void drop(C dropped) {
        var unused = dropped.closeAsync().exceptionally(failure -> {
            LOG.debug("Redis connection '{}' closed badly", name, failure);
            return null;
        });
    }

    private void onTimer(Runnable action) {
        try {
            timer.execute(action);
        } catch (RejectedExecutionException shutDown) {
            LOG.debug("Redis connection '{}': closed meanwhile", name);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
