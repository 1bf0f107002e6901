package dev.weir.ssr.render;

import dev.weir.ssr.render.RenderFailure.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns one isolate: takes jobs from the pool's queue, renders, and replaces an isolate that a job has
 * broken. No other thread touches the isolate. After {@link #finish()} it works off what is queued and ends.
 */
final class IsolateThread extends Thread {
    private static final Logger LOG = LoggerFactory.getLogger(IsolateThread.class);
    private static final long REOPEN_PAUSE_SECONDS = 1;

    private final BlockingQueue<RenderJob> queue;
    private final RenderBundle bundle;
    private final Duration timeout;
    private final RenderCounts counts;
    private final CountDownLatch warm = new CountDownLatch(1);
    private final CountDownLatch finishing = new CountDownLatch(1);
    private volatile @Nullable RuntimeException startFailure;

    IsolateThread(
            int number, BlockingQueue<RenderJob> queue, RenderBundle bundle, Duration timeout, RenderCounts counts) {
        super("v8-isolate-" + number);
        this.queue = queue;
        this.bundle = bundle;
        this.timeout = timeout;
        this.counts = counts;
        setDaemon(true);
    }

    /** Waits until the isolate is ready to serve; throws if it cannot be opened at all. */
    void awaitWarm() throws InterruptedException {
        warm.await();
        RuntimeException failure = startFailure;
        if (failure != null) {
            throw failure;
        }
    }

    /** Tells the thread to end once the queue is empty. */
    void finish() {
        finishing.countDown();
        interrupt();
    }

    @Override
    public void run() {
        Isolate isolate;
        try {
            isolate = Isolate.open(bundle, timeout);
        } catch (RuntimeException e) {
            startFailure = e;
            warm.countDown();
            return;
        }
        counts.opened();
        warm.countDown();
        serve(isolate);
    }

    private void serve(Isolate first) {
        Isolate isolate = first;
        while (true) {
            RenderJob job = next();
            if (job == null) {
                break;
            }
            if (!answer(job, isolate)) {
                Isolate replacement = replace(isolate);
                if (replacement == null) {
                    return;
                }
                isolate = replacement;
            }
        }
        counts.closed();
        close(isolate);
    }

    private @Nullable RenderJob next() {
        while (finishing.getCount() > 0) {
            try {
                return queue.take();
            } catch (InterruptedException e) {
                // Only finish() interrupts; the loop's condition tells.
            }
        }
        return queue.poll();
    }

    /** Returns false if the isolate has to be replaced. */
    private boolean answer(RenderJob job, Isolate isolate) {
        if (job.abandoned()) {
            return true;
        }
        if (job.late(System.nanoTime())) {
            counts.refused();
            job.fail(new RenderFailure(Kind.OVERLOADED, "waited too long for an isolate"));
            return true;
        }
        try {
            byte[] page = isolate.render(job.page()).getBytes(StandardCharsets.UTF_8);
            counts.rendered();
            job.succeed(page);
            return true;
        } catch (RenderFailure e) {
            counts.failed();
            LOG.warn("A render failed ({}): {}", e.kind(), e.getMessage());
            job.fail(e);
            return !e.breaksIsolate();
        }
    }

    /** Returns a fresh isolate, trying until there is one; null if the pool closes meanwhile. */
    private @Nullable Isolate replace(Isolate broken) {
        close(broken);
        boolean counted = true;
        do {
            try {
                Isolate fresh = Isolate.open(bundle, timeout);
                counts.replaced();
                if (!counted) {
                    counts.opened();
                }
                return fresh;
            } catch (RuntimeException e) {
                LOG.error("An isolate could not be replaced", e);
                if (counted) {
                    counts.closed();
                    counted = false;
                }
                refuseIfNobodyServes();
            }
        } while (!finishingWithinPause());
        return null;
    }

    private static void close(Isolate isolate) {
        try {
            isolate.close();
        } catch (RuntimeException e) {
            LOG.error("A broken isolate could not be closed; its memory stays taken", e);
        }
    }

    private void refuseIfNobodyServes() {
        if (counts.live() == 0) {
            for (RenderJob job = queue.poll(); job != null; job = queue.poll()) {
                job.fail(new RenderFailure(Kind.UNAVAILABLE, "no isolate is alive"));
            }
        }
    }

    private boolean finishingWithinPause() {
        try {
            return finishing.await(REOPEN_PAUSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
