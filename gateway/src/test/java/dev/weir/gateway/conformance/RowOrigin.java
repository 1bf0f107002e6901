package dev.weir.gateway.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weir.gateway.conformance.Row.Answer;
import dev.weir.gateway.conformance.Row.Manner;
import dev.weir.gateway.http.HttpDate;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The origin of all rows: each row has a lane of its own, found by a segment of the path. A thread per connection; what
 * goes out goes out byte for byte as the row says, proper or not.
 */
final class RowOrigin implements AutoCloseable {

    private final ServerSocket listener;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    RowOrigin() {
        try {
            listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** The lane of that row. */
    Lane lane(String id) {
        return lanes.computeIfAbsent(id, Lane::new);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "row-origin");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean goesOn = true;
            while (goesOn) {
                Message head = Message.head(in);
                goesOn = head != null && answer(head.withBody(in), socket.getOutputStream());
            }
        } catch (IOException gone) {
            // the gateway has closed its connection, as it may
        } finally {
            open.remove(socket);
        }
    }

    /** Answers; false where the connection is to be ended. */
    private boolean answer(Message request, OutputStream out) throws IOException {
        Lane lane = laneOf(request.word(1));
        Answer answer = lane == null ? null : lane.next(request);
        if (answer == null || lane == null) {
            out.write("HTTP/1.1 500 Not to be asked\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
            return true;
        }
        if (answer.manner().contains(Manner.SILENT)) {
            return false;
        }
        for (String interim : answer.interim()) {
            send(out, interim);
        }
        if (answer.raw() != null) {
            send(out, lane.fill(answer.raw()));
            return !answer.manner().contains(Manner.BROKEN);
        }
        String body = answer.body() == null ? lane.body() : answer.body();
        boolean bodiless = request.word(0).equals("HEAD") || answer.status() == 204 || answer.status() == 304;
        send(out, lane.fill(head(answer, body)));
        if (!bodiless) {
            sendBody(out, answer, body, lane);
        }
        return !answer.manner().contains(Manner.BROKEN);
    }

    private @Nullable Lane laneOf(String target) {
        for (String segment : target.split("[/?]", -1)) {
            Lane lane = lanes.get(segment);
            if (lane != null) {
                return lane;
            }
        }
        return null;
    }

    private static void sendBody(OutputStream out, Answer answer, String body, Lane lane) throws IOException {
        String first = body.substring(0, body.length() / 2);
        String second = body.substring(body.length() / 2);
        boolean chunked = answer.manner().contains(Manner.CHUNKED);
        send(out, chunked ? chunk(first) : first);
        if (answer.manner().contains(Manner.BROKEN)) {
            return;
        }
        lane.awaitSecondHalf();
        send(out, chunked ? chunk(second) + "0\r\n\r\n" : second);
    }

    private static String head(Answer answer, String body) {
        StringBuilder head =
                new StringBuilder("HTTP/1.1 ").append(answer.status()).append(" Status\r\n");
        answer.fields().forEach((name, value) -> append(head, name, value));
        if (!answer.fields().contains("Date") && !answer.manner().contains(Manner.DATELESS)) {
            append(head, "Date", HttpDate.format(Instant.now()));
        }
        if (answer.manner().contains(Manner.CHUNKED)) {
            append(head, "Transfer-Encoding", "chunked");
        } else if (answer.status() != 204
                && answer.status() != 304
                && !answer.fields().contains("Content-Length")) {
            append(head, "Content-Length", Integer.toString(body.length()));
        }
        return head.append("\r\n").toString();
    }

    private static void append(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private static String chunk(String text) {
        return text.isEmpty() ? "" : Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
