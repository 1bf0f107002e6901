package dev.weir.gateway.origin;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * One exchange by at most two attempts: a second one starts when the first has failed in a way that another might not, or
 * has not brought a head for so long. The first head wins and the other attempt is cancelled. Only for requests that may
 * be sent twice.
 */
final class TwoAttempts {

    private final Supplier<Mono<OriginResponse>> attempt;
    private final Duration patience;
    private final Predicate<Throwable> worthAnother;
    private final RetryBudget budget;
    private final LongAdder seconds;

    /**
     * Such exchanges.
     *
     * @param patience how long the first attempt may be without a head before a second one joins it
     * @param worthAnother whether a failure leaves hope
     * @param seconds counts the second attempts
     */
    TwoAttempts(
            Supplier<Mono<OriginResponse>> attempt,
            Duration patience,
            Predicate<Throwable> worthAnother,
            RetryBudget budget,
            LongAdder seconds) {
        this.attempt = attempt;
        this.patience = patience;
        this.worthAnother = worthAnother;
        this.budget = budget;
        this.seconds = seconds;
    }

    /** The first head of at most two; fails with the last failure when none came. */
    Mono<OriginResponse> first() {
        return Mono.create(sink -> {
            Race race = new Race(sink);
            sink.onDispose(race.under);
            race.start();
        });
    }

    /** Threads: attempts end on their connections' loops, patience on Reactor's; {@code open} counts what may still come. */
    private final class Race {

        private final MonoSink<OriginResponse> sink;
        private final Disposable.Composite under = Disposables.composite();
        private final AtomicInteger open = new AtomicInteger(1);
        private final AtomicBoolean won = new AtomicBoolean();
        private final AtomicBoolean secondTaken = new AtomicBoolean();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Race(MonoSink<OriginResponse> sink) {
            this.sink = sink;
        }

        void start() {
            budget.first();
            under.add(Mono.delay(patience, Schedulers.parallel()).subscribe(late -> second()));
            begin();
        }

        private void begin() {
            under.add(Mono.defer(attempt).contextWrite(sink.contextView()).subscribe(this::head, this::failed));
        }

        /** Starts the second attempt, once at most, and if the budget has one to spare. */
        private void second() {
            open.incrementAndGet(); // first: the other attempt's failure must not end what is about to go on
            if (won.get() || secondTaken.getAndSet(true) || !budget.second()) {
                settle();
                return;
            }
            seconds.increment();
            begin();
        }

        private void head(OriginResponse response) {
            if (won.compareAndSet(false, true)) {
                sink.success(response); // its end disposes of the rest
            } else {
                response.discard().run();
            }
        }

        private void failed(Throwable thrown) {
            failure.set(thrown);
            if (worthAnother.test(thrown)) {
                second();
            }
            settle();
        }

        /** One thing less that may still come; the last one tells of the failure. */
        private void settle() {
            Throwable last = failure.get();
            if (open.decrementAndGet() == 0 && last != null && won.compareAndSet(false, true)) {
                sink.error(last);
            }
        }
    }
}
