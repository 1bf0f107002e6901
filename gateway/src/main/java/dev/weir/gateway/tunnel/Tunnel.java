package dev.weir.gateway.tunnel;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One tunnel, from the request for it until both connections are closed.
 *
 * <p><b>States.</b> Opened without ends; then the origin's end, which keeps what its peer sends; then joined to the
 * client's end, from when on bytes flow. {@link #close} ends it in any state, and may come before the ends do: those that
 * come later are closed at once. One end that is closed closes the other, after what it had passed on has left. When the
 * output of both has ended, both are closed.
 *
 * <p><b>Threads.</b> Everything here may be called from any thread; each end works on its own connection's event loop.
 * {@code holders} counts who may still bring this tunnel bytes: whoever opened it, until it is joined or closed, and each
 * end until its connection is closed. With the last one the tunnel is over and its place is free.
 */
public final class Tunnel {

    /** A half-closed tunnel may be idle for that part of the limit: one side has left, and the other may not know. */
    private static final int HALF_CLOSED_PART = 20;

    private final Duration idle;
    private final Consumer<Tunnel> whenOver;
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicInteger directionsOver = new AtomicInteger();
    private final AtomicBoolean held = new AtomicBoolean(true);
    private volatile boolean closed;
    private volatile @Nullable TunnelEnd origin;
    private volatile @Nullable TunnelEnd client;
    private volatile @Nullable ScheduledFuture<?> watch;
    private volatile long lastMove = System.nanoTime();

    Tunnel(Duration idle, Consumer<Tunnel> whenOver) {
        this.idle = idle;
        this.whenOver = whenOver;
    }

    /** Takes the connection to the origin, whose handshake is done. On its event loop, and once. */
    public void take(TunnelEnd end) {
        origin = end;
        hold(end);
        moved();
        watch(end, idle.toNanos());
    }

    /**
     * Joins the client's connection to the origin's, to which it must have been given before.
     *
     * @throws IllegalStateException where there is no end to be joined to
     */
    public void join(TunnelEnd end) {
        TunnelEnd far = origin;
        if (far == null) {
            throw new IllegalStateException("joined before the origin's end was there");
        }
        client = end;
        hold(end);
        letGo();
        end.join(this, far);
        far.join(this, end);
        if (far.isClosed()) {
            end.closeAfterWrites(); // it may have been too early for that end to be told
        }
    }

    /** Closes what there is of it unless it has been joined: from then on it is its ends' affair. */
    public void abandon() {
        if (held.get()) {
            close();
        }
    }

    /** Closes what there is of it; does nothing the second time. */
    public void close() {
        closed = true;
        letGo();
        close(origin);
        close(client);
    }

    private static void close(@Nullable TunnelEnd end) {
        if (end != null) {
            end.close();
        }
    }

    private void hold(TunnelEnd end) {
        holders.incrementAndGet();
        end.whenClosed(() -> ended(end));
        if (closed) {
            end.close();
        }
    }

    private void ended(TunnelEnd end) {
        TunnelEnd other = end == origin ? client : origin;
        if (other != null) {
            other.closeAfterWrites();
        }
        release();
    }

    private void letGo() {
        if (held.compareAndSet(true, false)) {
            release();
        }
    }

    private void release() {
        if (holders.decrementAndGet() == 0) {
            ScheduledFuture<?> watching = watch;
            if (watching != null) {
                watching.cancel(false);
            }
            whenOver.accept(this);
        }
    }

    /** Bytes have reached one of the sockets. */
    void moved() {
        lastMove = System.nanoTime();
    }

    /** All that one side had to say has been passed on. */
    void directionOver() {
        TunnelEnd end = origin;
        if (directionsOver.incrementAndGet() == 2) {
            close();
        } else if (end != null) {
            watch(end, longestIdle()); // the look under way may be too far off; one too many does no harm
        }
    }

    private long longestIdle() {
        return directionsOver.get() == 0 ? idle.toNanos() : idle.toNanos() / HALF_CLOSED_PART;
    }

    /** Looks, on that end's loop, when the tunnel will have been idle for too long if nothing moves until then. */
    private void watch(TunnelEnd end, long nanos) {
        watch = end.later(nanos, () -> {
            long left = longestIdle() - (System.nanoTime() - lastMove);
            if (left <= 0) {
                close();
            } else {
                watch(end, left);
            }
        });
    }
}
