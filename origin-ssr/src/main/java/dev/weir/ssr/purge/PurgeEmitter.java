package dev.weir.ssr.purge;

import dev.weir.ssr.purge.PurgeAnswer.Verdict;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends events one at a time, in order, each under its own id until the gateway has applied it.
 *
 * <p>{@link #emit} only queues. One run at a time works the queue off: {@code running} is won by whoever finds it
 * false, and at the end of a run the queue is looked at once more, so an event that came in between is not left lying.
 * The fields of the run ({@code attempts}) are touched by the run alone, whose steps follow each other.
 */
public final class PurgeEmitter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PurgeEmitter.class);

    private final PurgeSettings settings;
    private final PurgeClient client;
    private final PurgeQueue queue;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicLong applied = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Disposable.Swap run = Disposables.swap();
    private volatile String problem = "";
    private int attempts;

    public PurgeEmitter(PurgeSettings settings, JsonMapper mapper) {
        this.settings = settings;
        this.client = new PurgeClient(settings, mapper);
        this.queue = new PurgeQueue(settings.bound(), PurgeEmitter::newId);
    }

    private static String newId() {
        return "ssr-" + UUID.randomUUID();
    }

    /** Queues an event for these tags; does nothing if there are none, or nobody to tell. */
    public void emit(Set<String> tags, String reason) {
        if (!tags.isEmpty() && !settings.urls().isEmpty()) {
            queue.add(new PurgeEvent(newId(), tags, reason));
            start();
        }
    }

    private void start() {
        if (run.isDisposed() || !running.compareAndSet(false, true)) {
            return;
        }
        // Owned by `run`, which close() disposes of; a step never fails.
        run.update(Mono.defer(this::step)
                .repeat(() -> queue.size() > 0)
                .doFinally(signal -> {
                    running.set(false);
                    if (queue.size() > 0) {
                        start();
                    }
                })
                .subscribe(nothing -> {}, error -> LOG.error("Emitting purges stopped until the next event", error)));
    }

    /** One attempt for the first event, and the pause after it if it has to be tried again. */
    private Mono<Void> step() {
        PurgeEvent event = queue.first();
        if (event == null) {
            return Mono.empty();
        }
        return client.send(event).flatMap(answer -> {
            Duration pause = settle(event, answer);
            return pause == null ? Mono.<Void>empty() : Mono.delay(pause).then();
        });
    }

    /** Books the answer; returns the pause before the next attempt, or null if there is to be none. */
    private @Nullable Duration settle(PurgeEvent event, PurgeAnswer answer) {
        problem = answer.verdict() == Verdict.APPLIED ? "" : answer.detail();
        switch (answer.verdict()) {
            case APPLIED -> {
                applied.incrementAndGet();
                done();
                return null;
            }
            case REFUSED -> {
                LOG.error("Purge {} of {} is refused for good: {}", event.id(), event.tags(), answer.detail());
                refused.incrementAndGet();
                done();
                return null;
            }
            case RECORDED, FAILED -> {
                Duration pause = pause(answer);
                LOG.warn("Purge {} is not applied yet, next try in {}: {}", event.id(), pause, answer.detail());
                attempts++;
                return pause;
            }
        }
        throw new IllegalStateException("unknown verdict");
    }

    private void done() {
        queue.removeFirst();
        attempts = 0;
    }

    private Duration pause(PurgeAnswer answer) {
        Duration asked = answer.retryAfter();
        if (asked != null) {
            return asked.compareTo(settings.firstDelay()) < 0 ? settings.firstDelay() : asked;
        }
        Duration doubled = settings.firstDelay().multipliedBy(1L << Math.min(attempts, 16));
        return doubled.compareTo(settings.longestDelay()) > 0 ? settings.longestDelay() : doubled;
    }

    /** Returns how the emitting goes. */
    public PurgeStatus status() {
        return new PurgeStatus(
                !settings.urls().isEmpty(), queue.size(), applied.get(), refused.get(), queue.merged(), problem);
    }

    @Override
    public void close() {
        run.dispose();
    }
}
