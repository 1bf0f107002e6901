package dev.weir.blog.purge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Tells the gateway of every change, in order, each until it is applied everywhere.
 *
 * <p>At most one event is under way; {@link PurgeQueue#begin} hands out the next only after {@link PurgeQueue#finish}, so
 * it does not matter that {@link #emit} and the end of a delivery may race to begin it: one wins, the other gets nothing.
 * The emitter owns the subscription of the event under way and disposes of it at the end of {@link #stop}.
 */
public final class PurgeEmitter {
    private static final Logger log = LoggerFactory.getLogger(PurgeEmitter.class);
    private static final int MOST_EVENTS = 64;
    private static final int MOST_TAGS = 1000;
    private static final Duration LAST_CHANCE = Duration.ofSeconds(2);

    private final PurgeSettings settings;
    private final PurgeClient client;
    private final Clock clock;
    private final PurgeQueue queue;
    private final Backoff backoff = new Backoff(
            Duration.ofMillis(250),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            () -> ThreadLocalRandom.current().nextDouble());
    private final Disposable.Swap delivery = Disposables.swap();
    private final Sinks.Empty<Void> drained = Sinks.empty();
    private volatile boolean stopping;
    private volatile @Nullable Instant lastSuccess;
    private volatile @Nullable String lastError;
    private volatile boolean refused;

    /** @param everything the tags that stand for the whole site */
    public PurgeEmitter(PurgeSettings settings, SortedSet<String> everything, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.client = new PurgeClient(settings, clock);
        this.queue = new PurgeQueue(MOST_EVENTS, MOST_TAGS, new TreeSet<>(everything));
        if (settings.isOff()) {
            log.info("WEIR_PURGE_URLS is not set: reloads are told to nobody, readers see them once pages expire");
        }
    }

    /** Queues one event and returns at once. */
    public void emit(SortedSet<String> tags, String reason) {
        if (settings.isOff() || tags.isEmpty()) {
            return;
        }
        queue.add(tags, reason);
        beginNext();
    }

    public PurgeStatus status() {
        return new PurgeStatus(settings.isOff(), queue.pending(), lastSuccess, lastError, refused);
    }

    /** Completes once nothing is pending, or after two seconds with what is left dropped and logged. */
    public Mono<Void> stop() {
        return Mono.defer(() -> {
            stopping = true;
            signalIfDrained();
            return drained.asMono().timeout(LAST_CHANCE, Mono.empty()).doFinally(signal -> {
                delivery.dispose();
                if (queue.pending() > 0) {
                    log.warn("stopping with {} purge event(s) not applied: pages expire instead", queue.pending());
                }
            });
        });
    }

    private void beginNext() {
        PurgeEvent event = queue.begin();
        if (event == null) {
            signalIfDrained();
            return;
        }
        delivery.update(deliver(event).subscribe(ignored -> {}, e -> givenUp(event, e), this::finishAndGoOn));
    }

    private void givenUp(PurgeEvent event, Throwable defect) {
        log.error("purge {} was given up by a defect", event.id(), defect);
        finishAndGoOn(); // or no later event would ever be sent
    }

    private void finishAndGoOn() {
        queue.finish();
        beginNext();
    }

    private void signalIfDrained() {
        if (stopping && queue.pending() == 0) {
            drained.tryEmitEmpty();
        }
    }

    /** Completes when the event is settled; waits between rounds for as long as that takes. */
    private Mono<Void> deliver(PurgeEvent event) {
        return Mono.defer(() -> client.send(event))
                .doOnNext(answer -> note(event, answer))
                .flatMap(answer -> answer.isFinal() ? Mono.<Void>empty() : Mono.error(new NotYet(answer)))
                .retryWhen(Retry.from(failures -> failures.concatMap(failure -> failure.failure() instanceof NotYet e
                        ? Mono.delay(backoff.pause(failure.totalRetries(), e.answer.retryAfter()))
                        : Mono.error(failure.failure()))));
    }

    private void note(PurgeEvent event, Answer answer) {
        switch (answer.verdict()) {
            case APPLIED -> {
                lastSuccess = clock.instant();
                lastError = null;
                refused = false;
                log.info(
                        "purge {} of {} tag(s) is applied",
                        event.id(),
                        event.tags().size());
            }
            case RECORDED -> log.info("purge {} is recorded, some replicas are open; asking again", event.id());
            case NOT_NOW -> {
                lastError = answer.detail();
                log.warn("purge {} will be tried again: {}", event.id(), answer.detail());
            }
            case REFUSED -> {
                lastError = answer.detail();
                refused = true;
                log.error("purge {} is refused for good and dropped: {}", event.id(), answer.detail());
            }
        }
    }

    /** A round that did not settle the event: expected, so without a stack trace. */
    private static final class NotYet extends Exception {
        private final transient Answer answer;

        NotYet(Answer answer) {
            super(answer.detail(), null, false, false);
            this.answer = answer;
        }
    }
}
