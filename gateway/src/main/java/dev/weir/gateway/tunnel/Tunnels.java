package dev.weir.gateway.tunnel;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** All tunnels of this replica, and the bound on how many there may be. */
public final class Tunnels implements AutoCloseable {

    private final int most;
    private final Duration idle;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Tunnel> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * None yet.
     *
     * @param most how many there may be at a time, those whose handshake is under way included
     * @param idle how long one may go without a byte in either direction
     */
    public Tunnels(int most, Duration idle) {
        this.most = most;
        this.idle = idle;
    }

    /** Another one, without ends as yet; to be closed unless it is joined. Null where there are as many as may be. */
    public @Nullable Tunnel open() {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return null;
        }
        Tunnel tunnel = new Tunnel(idle, this::over);
        open.add(tunnel);
        if (closed) {
            tunnel.close(); // closing all may have missed it
        }
        return tunnel;
    }

    private void over(Tunnel tunnel) {
        if (open.remove(tunnel)) { // once: an end that comes too late ends it again
            count.decrementAndGet();
        }
    }

    /** How many there are. */
    public int count() {
        return count.get();
    }

    /** Closes all, and whichever would still be opened. */
    @Override
    public void close() {
        closed = true;
        open.forEach(Tunnel::close);
    }
}
