package dev.weir.gateway.coalesce;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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
    private volatile Flight.Node cursor;
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
        return flight.headFor(loop);
    }

    /** The body from its first byte; to be subscribed once. Its end, failure or cancellation leaves the flight. */
    public Flux<byte[]> body() {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super byte[]> actual) {
                actual.onSubscribe(new Reading(actual));
            }
        };
    }

    /** Leaves; what happens to the flight is its own affair. */
    public void leave() {
        if (gone.compareAndSet(false, true)) {
            flight.left(this);
        }
    }

    /** Bytes handed on so far. */
    long consumed() {
        return consumed.get();
    }

    private final class Reading implements Subscription {

        private final CoreSubscriber<? super byte[]> actual;
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
            // Order matters: "ended" first, then "next". An end seen here has all its chunks linked before it.
            Flight.End end = flight.ended();
            Flight.Node next = cursor.next;
            if (next == null) {
                if (end != null) {
                    finish(end.failure());
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
            consumed.addAndGet(next.chunk.length);
            actual.onNext(next.chunk);
            flight.consumedMore();
            return true;
        }

        private boolean parkAndLookAgain() {
            if (parked.compareAndSet(false, true)) {
                flight.parkForChunk(this::awake);
            }
            return cursor.next != null || flight.ended() != null;
        }

        private void awake() {
            parked.set(false);
            try {
                loop.execute(this::drain);
            } catch (RejectedExecutionException closed) { // its event loop is gone, and the connection with it
                cancel();
            }
        }

        private void finish(@Nullable Throwable failure) {
            over = true;
            leave();
            if (failure == null) {
                actual.onComplete();
            } else {
                actual.onError(failure);
            }
        }
    }
}
