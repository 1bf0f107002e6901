package dev.weir.gateway.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An origin made of bytes, for answers that no HTTP library would send. Requests have no content. */
public final class RawOrigin implements AutoCloseable {

    /** Answers one request. */
    public interface Script {

        /**
         * Writes the answer.
         *
         * @param head of the request, up to its empty line
         * @return whether the connection stays open for another
         */
        boolean answer(String head, OutputStream out) throws IOException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    public RawOrigin(Script script) {
        this.script = script;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        run(this::accept);
    }

    /** Answers each request with the text that its path is mapped to by the function; keeps connections open. */
    public static RawOrigin of(java.util.function.UnaryOperator<String> answers) {
        return new RawOrigin((head, out) -> {
            write(out, answers.apply(head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/"))));
            return true;
        });
    }

    public static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                connections.incrementAndGet();
                run(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            boolean more = true;
            while (more) {
                String head = head(socket.getInputStream());
                if (head.isEmpty()) {
                    return;
                }
                heads.add(head);
                more = script.answer(head, socket.getOutputStream());
            }
        } catch (IOException gone) {
            // the other side has left
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void run(Runnable work) {
        Thread thread = new Thread(work, "raw-origin");
        thread.setDaemon(true);
        thread.start();
    }

    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** The heads of all requests so far. */
    public List<String> heads() {
        return heads;
    }

    /** How many connections have been made so far. */
    public int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
