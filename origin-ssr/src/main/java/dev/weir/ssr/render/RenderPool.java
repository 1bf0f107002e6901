package dev.weir.ssr.render;

import dev.weir.ssr.render.RenderFailure.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * A fixed number of V8 isolates behind one bounded queue.
 *
 * <p>Callers on any thread put a job into the queue and never wait: a full queue is an answer at once. Each isolate's
 * own thread takes jobs and renders; the answer goes on from there on a parallel scheduler, so that an isolate's thread
 * does nothing but render. A caller that leaves before its job has begun costs nothing.
 *
 * <p>On closing, new jobs are refused, queued ones are worked off within twice the render time limit, and the threads
 * close their isolates. A job that slips into the queue after the last thread has looked is refused by the sweep that
 * follows.
 */
public final class RenderPool implements AutoCloseable {
    private final RenderSettings settings;
    private final BlockingQueue<RenderJob> queue;
    private final RenderCounts counts = new RenderCounts();
    private final List<IsolateThread> threads;
    private volatile boolean closing;

    private RenderPool(RenderSettings settings, RenderBundle bundle) {
        this.settings = settings;
        this.queue = new ArrayBlockingQueue<>(settings.queue());
        this.threads = IntStream.range(0, settings.isolates())
                .mapToObj(i -> new IsolateThread(i, queue, bundle, settings.timeout(), counts))
                .toList();
    }

    /**
     * Opens a pool and returns once all its isolates are warm.
     *
     * @param script the server bundle, which defines {@code renderPage(page, assets)}
     * @param assets JSON with the addresses of script and style sheet
     * @param warmUpPage the data of a page to render before serving
     */
    public static RenderPool open(RenderSettings settings, String script, String assets, String warmUpPage) {
        Engine.start(settings.heapMegabytes());
        RenderPool pool = new RenderPool(settings, RenderBundle.of(script, assets, warmUpPage));
        pool.threads.forEach(Thread::start);
        try {
            for (IsolateThread thread : pool.threads) {
                thread.awaitWarm();
            }
            return pool;
        } catch (InterruptedException e) {
            pool.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the isolates warmed up", e);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /**
     * Renders one page.
     *
     * @param page the page's data, as {@linkplain EmbeddedJson escaped} JSON
     * @return the document's bytes in UTF-8, or a {@link RenderFailure}
     */
    public Mono<byte[]> render(String page) {
        return Mono.<byte[]>create(sink -> submit(page, sink))
                .publishOn(Schedulers.parallel())
                .timeout(patience(), Mono.error(() -> new RenderFailure(Kind.TIMED_OUT, "no isolate has answered")));
    }

    /** As long as a job may wait and run: past it the isolate itself is stuck, and the caller is told nevertheless. */
    private Duration patience() {
        return settings.timeout().multipliedBy(2).plusSeconds(1);
    }

    private void submit(String page, MonoSink<byte[]> sink) {
        if (closing || counts.live() == 0) {
            sink.error(new RenderFailure(Kind.UNAVAILABLE, "no isolate is alive"));
            return;
        }
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        if (!queue.offer(new RenderJob(page, sink, deadline))) {
            counts.refused();
            sink.error(new RenderFailure(Kind.OVERLOADED, "the render queue is full"));
        } else if (closing) {
            refuseQueued();
        }
    }

    /** Returns the pool as it is now. */
    public RenderStatus status() {
        return counts.status(settings.isolates(), queue.size(), settings.queue());
    }

    @Override
    public void close() {
        closing = true;
        threads.forEach(IsolateThread::finish);
        try {
            for (IsolateThread thread : threads) {
                thread.join(patience().toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        refuseQueued();
    }

    private void refuseQueued() {
        if (threads.stream().anyMatch(Thread::isAlive)) {
            return;
        }
        for (RenderJob job = queue.poll(); job != null; job = queue.poll()) {
            job.fail(new RenderFailure(Kind.UNAVAILABLE, "the pool is closed"));
        }
    }
}
