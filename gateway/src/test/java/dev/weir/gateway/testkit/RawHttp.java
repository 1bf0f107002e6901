package dev.weir.gateway.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** HTTP by hand, for what a well-behaved client would never send or would hide. */
public final class RawHttp implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;

    public RawHttp(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    public RawHttp send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads until that text has come, and returns all that came; fails when the connection ends before. */
    public String readUntil(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (read.indexOf(text) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("ended before \"" + text + "\": " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /** Reads so many bytes and drops them; returns how many there were before the end. */
    public int readBytes(int count) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[64 * 1024];
        int read = 0;
        while (read < count) {
            int got = in.read(buffer, 0, Math.min(buffer.length, count - read));
            if (got < 0) {
                break;
            }
            read += got;
        }
        return read;
    }

    /** Reads until the other side closes. */
    public String readToEnd() throws IOException {
        StringBuilder read = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            read.append((char) next);
        }
        return read.toString();
    }

    /** Sends, and returns the head of the answer. */
    public static String exchange(int port, String request) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            return http.send(request).readUntil("\r\n\r\n");
        }
    }

    /** The connection itself, for what is no HTTP any more. */
    public Socket socket() {
        return socket;
    }

    /** Ends the connection at once, as a client does that crashes. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
