package dev.weir.blog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests on one connection: each has its answer, also those that came before an earlier answer was put away. */
@Timeout(60)
class KeepAliveIT {
    private static final int PATIENCE_MILLIS = 10_000;

    @Test
    void anImmediateAnswerBehindALateOneLeavesTheConnectionAlive() throws IOException {
        try (RunningBlog blog = RunningBlog.start(Path.of("content"));
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), blog.uri("/").getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            send(socket, get("/actuator/health") + get("/blog"));
            assertThat(readUntil(socket, "HTTP/1.1 308")).startsWith("HTTP/1.1 200");

            send(socket, get("/blog"));
            readUntil(socket, "HTTP/1.1 308");
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: origin\r\n\r\n";
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** Reads until that text has come, and returns all that came; fails when the connection ends before or says nothing. */
    private static String readUntil(Socket socket, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (read.indexOf(text) < 0) {
            int next = in.read();
            assertThat(next).as("end of the connection after %s", read).isNotNegative();
            read.append((char) next);
        }
        return read.toString();
    }
}
