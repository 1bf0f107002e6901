package dev.weir.gateway.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An origin that answers by hand: each request waits as an {@link Exchange} until the test writes to it, byte by byte if
 * it likes, breaks it off or sees that the gateway has done so.
 */
public final class HeldOrigin implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 10;

    private final ServerSocket server;
    private final BlockingQueue<Exchange> arrived = new LinkedBlockingQueue<>();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    public HeldOrigin() {
        try {
            server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Requests that have come in so far. */
    public int count() {
        return count.get();
    }

    /** Whether a request waits to be taken by {@link #next}. */
    public boolean hasNext() {
        return !arrived.isEmpty();
    }

    /** The next request; fails when none comes. */
    public Exchange next() {
        try {
            Exchange next = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no request came within " + PATIENCE_SECONDS + " s");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** One request after the other; those of the tests carry no content. */
    private void serve(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            for (String head = head(in); head != null; head = head(in)) {
                count.incrementAndGet();
                Exchange exchange = new Exchange(socket, head);
                arrived.add(exchange);
                exchange.current.acquireUninterruptibly();
            }
        } catch (IOException broken) {
            // the gateway has closed it, or the test
        }
    }

    private static @Nullable String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "held-origin");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** One request that is being answered. */
    public static final class Exchange {

        private final Socket socket;
        private final String head;
        private final Semaphore current = new Semaphore(0);

        Exchange(Socket socket, String head) {
            this.socket = socket;
            this.head = head;
        }

        /** The request's head as it came. */
        public String head() {
            return head;
        }

        public Exchange write(String text) {
            try {
                socket.getOutputStream().write(text.getBytes(ISO_8859_1));
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The head of a 200 with those lines, each as {@code Name: value}. */
        public Exchange writeHead(String... lines) {
            return write("HTTP/1.1 200 OK\r\n" + String.join("\r\n", lines) + "\r\n\r\n");
        }

        /** One chunk of a chunked body; an empty one is its end. */
        public Exchange writeChunk(String text) {
            write(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
            if (text.isEmpty()) {
                done();
            }
            return this;
        }

        /** A whole answer with Content-Length; the connection waits for the next request. */
        public void answer(String body, String... lines) {
            writeHead(append(lines, "Content-Length: " + body.length())).write(body);
            done();
        }

        /** Reads what follows the head until that text has come, and returns all of it; fails when the end comes before. */
        public String readUntil(String text) {
            try {
                socket.setSoTimeout(PATIENCE_SECONDS * 1000);
                StringBuilder read = new StringBuilder();
                while (read.indexOf(text) < 0) {
                    int next = socket.getInputStream().read();
                    if (next < 0) {
                        throw new AssertionError("ended before \"" + text + "\": " + read);
                    }
                    read.append((char) next);
                }
                return read.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The connection itself, for what is no HTTP any more. */
        public Socket socket() {
            return socket;
        }

        /** The answer is complete: the connection waits for the next request. */
        public void done() {
            current.release();
        }

        /** Breaks off: an end of stream where the body is not at its end. */
        public void breakOff() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Writes that chunk again and again until the gateway has closed the connection; fails if it never does. */
        public void writeChunksUntilClosed(String text, int most) {
            for (int i = 0; i < most; i++) {
                try {
                    writeChunk(text);
                } catch (UncheckedIOException closed) {
                    return;
                }
            }
            throw new AssertionError("the gateway took " + most + " chunks and asks for more");
        }

        /** Waits until the gateway has closed the connection; fails if it never does. */
        public void awaitClosed() {
            try {
                socket.setSoTimeout(PATIENCE_SECONDS * 1000);
                if (socket.getInputStream().read() >= 0) {
                    throw new AssertionError("bytes where an end of the connection was expected");
                }
            } catch (SocketTimeoutException open) {
                throw new AssertionError("still open after " + PATIENCE_SECONDS + " s", open);
            } catch (IOException reset) {
                // closed as well
            }
        }

        private static String[] append(String[] lines, String line) {
            String[] all = Arrays.copyOf(lines, lines.length + 1);
            all[lines.length] = line;
            return all;
        }
    }
}
