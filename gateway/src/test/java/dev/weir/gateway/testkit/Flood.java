package dev.weir.gateway.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends as fast as the socket takes it, on a thread of its own. */
public final class Flood {

    private static final int PIECE = 16 * 1024;

    private final CompletableFuture<Void> all = new CompletableFuture<>();
    private final AtomicInteger sent = new AtomicInteger();

    private Flood() {}

    public static Flood into(Socket socket, byte[] bytes) {
        Flood flood = new Flood();
        Thread thread = new Thread(() -> flood.send(socket, bytes), "flood");
        thread.setDaemon(true);
        thread.start();
        return flood;
    }

    private void send(Socket socket, byte[] bytes) {
        try {
            for (int from = 0; from < bytes.length; from += PIECE) {
                int length = Math.min(PIECE, bytes.length - from);
                socket.getOutputStream().write(bytes, from, length);
                sent.addAndGet(length);
            }
            all.complete(null);
        } catch (IOException e) {
            all.completeExceptionally(new UncheckedIOException(e));
        }
    }

    /** Waits until no more is taken; false when all of it was. */
    public boolean isHeldUp() {
        int before = -1;
        while (before != sent.get() && !all.isDone()) {
            before = sent.get();
            int then = before;
            Eventually.isTrueWithin(Duration.ofMillis(500), () -> sent.get() != then || all.isDone());
        }
        return !all.isDone();
    }

    public void awaitSent() throws Exception {
        all.get(20, TimeUnit.SECONDS);
    }
}
