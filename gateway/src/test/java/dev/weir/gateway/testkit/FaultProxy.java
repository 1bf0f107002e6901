package dev.weir.gateway.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The network between one client and one server, for tests that want it bad: stands in front of a server's port and does
 * to the bytes what is said here. One fault at a time; it strikes all connections, those that come later too.
 *
 * <p>Threads: one accepts, two pump each connection. They look at the fault before each piece of bytes that they hand on,
 * and wait for its end on this object's monitor.
 */
public final class FaultProxy implements AutoCloseable {

    /** Where bytes go. */
    public enum Way {
        TO_SERVER,
        TO_CLIENT
    }

    private enum Kind {
        NONE,
        REFUSE,
        FREEZE,
        LOSE,
        DELAY
    }

    /**
     * What is wrong.
     *
     * @param word strikes only connections that have carried this word; null: all
     */
    private record Fault(
            Kind kind,
            Set<Way> ways,
            long delayNanos,
            @Nullable String word) {

        static final Fault NONE = new Fault(Kind.NONE, Set.of(), 0, null);

        static Fault of(Kind kind) {
            return new Fault(kind, EnumSet.allOf(Way.class), 0, null);
        }

        boolean strikes(FaultyLine line, Way way) {
            return ways.contains(way) && (word == null || line.hasCarried(word));
        }
    }

    private final ServerSocket door;
    private final int serverPort;
    private final List<String> words;
    private final Queue<FaultyLine> lines = new ConcurrentLinkedQueue<>();
    private Fault fault = Fault.NONE;
    private boolean closed;

    private FaultProxy(int serverPort, List<String> words) {
        this.serverPort = serverPort;
        this.words = words;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        FaultyLine.daemon(this::accept);
    }

    /**
     * In front of that port of this machine, on a free one.
     *
     * @param words to tell connections by: who has sent one of them can be struck alone
     */
    public static FaultProxy to(int serverPort, String... words) {
        return new FaultProxy(serverPort, List.of(words));
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Ends all connections and every new one at once: to its client, the server is gone. */
    public void cut() {
        set(Fault.of(Kind.REFUSE));
        lines.forEach(FaultyLine::close);
    }

    /** Breaks all connections off (RST). New ones are welcome. */
    public void reset() {
        lines.forEach(FaultyLine::reset);
    }

    /** Holds back all bytes that go there, of all connections; they arrive late, when this has been healed. */
    public void freeze(Way first, Way... more) {
        set(new Fault(Kind.FREEZE, EnumSet.of(first, more), 0, null));
    }

    /** The same for connections that have carried that word, and both ways. */
    public void freezeThoseWith(String word) {
        set(new Fault(Kind.FREEZE, EnumSet.allOf(Way.class), 0, word));
    }

    /** The connections stay open, and whatever goes into them is lost. Those that lost something never recover. */
    public void lose() {
        set(Fault.of(Kind.LOSE));
    }

    /** The same for connections that have carried that word. */
    public void loseThoseWith(String word) {
        set(new Fault(Kind.LOSE, EnumSet.allOf(Way.class), 0, word));
    }

    /** Hands each piece of bytes on so much later, each way. */
    public void delay(Duration each) {
        set(new Fault(Kind.DELAY, EnumSet.allOf(Way.class), each.toNanos(), null));
    }

    /** All is well again; what was lost stays lost. */
    public void heal() {
        set(Fault.NONE);
    }

    /** How many connections are open to the client. */
    public int open() {
        return (int) lines.stream().filter(FaultyLine::isOpen).count();
    }

    private synchronized void set(Fault next) {
        fault = next;
        notifyAll();
    }

    /** Waits as the fault says; returns whether those bytes may go on after that. */
    synchronized boolean mayPass(FaultyLine line, Way way) throws InterruptedException {
        long end = System.nanoTime() + fault.delayNanos();
        while (!closed && !line.isLost() && fault.strikes(line, way)) {
            switch (fault.kind()) {
                case NONE -> {
                    return true;
                }
                case REFUSE -> {
                    return false;
                }
                case LOSE -> line.lose();
                case FREEZE -> wait();
                case DELAY -> {
                    long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                    if (millis <= 0) {
                        return true;
                    }
                    wait(millis);
                }
            }
        }
        return !closed && !line.isLost();
    }

    private synchronized boolean refuses() {
        return fault.kind() == Kind.REFUSE;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                FaultyLine line = new FaultyLine(this, client, words);
                lines.add(line);
                if (refuses()) {
                    line.reset();
                } else {
                    line.open(serverPort);
                }
            } catch (IOException over) {
                // this proxy is closed, or the server is away: the client has been told
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            door.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        lines.forEach(FaultyLine::close);
    }
}
