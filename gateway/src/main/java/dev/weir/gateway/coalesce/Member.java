package dev.weir.gateway.coalesce;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * One client's part in a {@link Flight}: waits for the head, then reads the body at its own pace. Whoever holds it must
 * call {@link #leave} or read the body to its end or cancel it; doing several of these is fine.
 *
 * <p><b>Threads.</b> {@code request}, {@code cancel} and wake-ups come from anywhere; {@code wip} lets one of them drain
 * at a time. Wake-ups drain on {@code loop}.
 */
public final class Member<H> {

    private final Flight<H> flight;
    private final Executor loop;
    private final AtomicBoolean gone = new AtomicBoolean();
    private final AtomicBoolean read = new AtomicBoolean();
    private volatile Flight.Node cursor;
    private volatile @Nullable Reading reading;
    private volatile @Nullable Throwable cut;
    private final AtomicLong consumed = new AtomicLong();

    Member(Flight<H> flight, Flight.Node from, Executor loop) {
        this.flight = flight;
        this.cursor = from;
        this.loop = loop;
    }

    public Flight<H> flight() {
        return flight;
    }

    /** The head, shared by all members; leaving is for the caller to do when it is cancelled. */
    public Mono<H> head() {
        return await(null);
    }

    /** The same; fails with a {@link TimeoutException} where it has not come within that time. */
    public Mono<H> head(Duration longest) {
        return await(longest);
    }

    private Mono<H> await(@Nullable Duration longest) {
        return Mono.create(sink -> {
            HeadWait<H> wait = new HeadWait<>(this, loop, longest, sink);
            sink.onCancel(wait::forget);
            wait.start();
        });
    }

    /** Completes once there is something to read, be it the end or a failure; leaving is as for the head. */
    public Mono<Void> begun() {
        return Mono.create(sink -> {
            BodyWait wait = new BodyWait(this, loop, sink);
            sink.onCancel(wait::forget);
            wait.start();
        });
    }

    /** Whether {@link #begun} would complete at once. */
    public boolean hasBegun() {
        return cursor.next != null || flight.ended() != null;
    }

    /**
     * The whole body in one piece, to be read instead of {@link #body}; not to be written to.
     *
     * @return null where it has not come to its end, has failed, or nobody has it in one piece
     */
    public byte @Nullable [] whole() {
        Flight.End end = flight.ended();
        return end == null ? null : end.whole();
    }

    /** The body from its first byte; to be subscribed once. Its end, failure or cancellation leaves the flight. */
    public Flux<byte[]> body() {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super byte[]> actual) {
                if (read.compareAndSet(false, true)) {
                    Reading begun = new Reading(actual);
                    reading = begun;
                    actual.onSubscribe(begun);
                    begun.drain(); // an end needs no demand
                } else {
                    Operators.error(actual, new IllegalStateException("a member reads the body once"));
                }
            }
        };
    }

    /** Leaves; what happens to the flight is its own affair. */
    public void leave() {
        if (gone.compareAndSet(false, true)) {
            flight.left(this);
        }
    }

    /** Leaves on the flight's behalf; its reader sees a failure. */
    void cutUnlessMoved(long since, Throwable why) {
        if (consumed() != since || gone.get()) {
            return;
        }
        cut = why;
        leave();
        Reading reader = reading;
        if (reader != null) {
            reader.look();
        }
    }

    /** Bytes handed on so far. */
    long consumed() {
        return consumed.get();
    }

    private final class Reading implements Subscription, Parked.Sleeper {

        /** Null once cancelled: this may stay parked for longer than the client is to be kept in memory. */
        private volatile @Nullable CoreSubscriber<? super byte[]> actual;

        private final AtomicLong requested = new AtomicLong();
        private final AtomicInteger wip = new AtomicInteger();
        private final AtomicBoolean parked = new AtomicBoolean();
        private volatile boolean over;

        Reading(CoreSubscriber<? super byte[]> actual) {
            this.actual = actual;
        }

        @Override
        public void request(long n) {
            if (Operators.validate(n)) {
                requested.getAndAccumulate(n, Operators::addCap);
                drain();
            }
        }

        @Override
        public void cancel() {
            over = true;
            actual = null;
            leave();
        }

        private void drain() {
            if (wip.getAndIncrement() != 0) {
                return;
            }
            int missed = 1;
            do {
                while (!over && step()) {}
                missed = wip.addAndGet(-missed);
            } while (missed != 0);
        }

        /** Emits one chunk or the end; false when there is nothing more to do for now. */
        private boolean step() {
            CoreSubscriber<? super byte[]> reader = actual;
            if (reader == null) {
                return false;
            }
            if (cut != null) {
                finish(reader, cut);
                return false;
            }
            // Order matters: "ended" first, then "next". An end seen here has all its chunks linked before it.
            Flight.End end = flight.ended();
            Flight.Node next = cursor.next;
            if (next == null) {
                if (end != null) {
                    finish(reader, end.failure());
                    return false;
                }
                return parkAndLookAgain();
            }
            if (requested.get() == 0) {
                return false;
            }
            if (requested.get() != Long.MAX_VALUE) {
                requested.decrementAndGet();
            }
            cursor = next;
            long before = consumed.getAndAdd(next.chunk.length);
            reader.onNext(next.chunk);
            flight.movedFrom(before);
            return true;
        }

        private boolean parkAndLookAgain() {
            if (parked.compareAndSet(false, true)) {
                flight.parkForChunk(loop, this);
            }
            return cursor.next != null || flight.ended() != null;
        }

        @Override
        public void wake() {
            parked.set(false);
            drain();
        }

        @Override
        public void lost() {
            cancel();
        }

        /** There is something to see that it was not parked for. */
        void look() {
            try {
                loop.execute(this::drain);
            } catch (RejectedExecutionException closed) {
                lost();
            }
        }

        private void finish(CoreSubscriber<? super byte[]> reader, @Nullable Throwable failure) {
            over = true;
            leave();
            if (failure == null) {
                reader.onComplete();
            } else {
                reader.onError(failure);
            }
        }
    }
}
