package dev.weir.gateway.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weir.gateway.conformance.Row.Ask;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One connection for one request, which goes out byte for byte as the row says. */
final class RowClient implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private final boolean headOnly;
    private final List<String> interim = new ArrayList<>();

    /** Connects and sends. */
    RowClient(int port, Places places, Ask ask, Duration patience) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) patience.toMillis());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        headOnly = ask.method().equals("HEAD");
        socket.getOutputStream().write(places.fill(text(ask)).getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String text(Ask ask) {
        StringBuilder text = new StringBuilder(ask.method() + " {path}" + ask.suffix() + " HTTP/1.1\r\n");
        if (!ask.fields().contains("Host")) {
            text.append("Host: {host}\r\n");
        }
        ask.fields()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append("\r\n"));
        if (ask.body() == null) {
            return text.append("\r\n").toString();
        }
        return text.append("Content-Length: ")
                .append(ask.body().length())
                .append("\r\n\r\n")
                .append(ask.body())
                .toString();
    }

    /** The final head; those before it are kept. */
    Message head() throws IOException {
        for (Message head = Message.head(in); head != null; head = Message.head(in)) {
            if (head.status() >= 200) {
                return head;
            }
            interim.add(head.word(1));
        }
        throw new IOException("the gateway closed the connection without an answer");
    }

    /** That head with its body. */
    Message whole(Message head) throws IOException {
        boolean bodiless = headOnly || head.status() == 204 || head.status() == 304;
        return bodiless ? head : head.withBody(in);
    }

    /** The statuses that came before the final one. */
    List<String> interim() {
        return interim;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
