package dev.weir.loadtest.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a Redis by its inline protocol: one line there, the first line back. */
final class Redis {
    private final int port;

    Redis(int port) {
        this.port = port;
    }

    boolean answers() {
        return "+PONG".equals(ask("PING"));
    }

    /** How many stored responses it holds. */
    int entries() {
        return Integer.parseInt(ask("KEYS weir:e:*").substring(1));
    }

    private String ask(String command) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String line = answer.readLine();
            return line == null ? "" : line;
        } catch (IOException unreachable) {
            return "";
        }
    }
}
