package dev.weir.loadtest.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The Redis behind the gateways: the binary and the configuration that {@code ./weir up} uses. */
final class RedisServer {
    private RedisServer() {}

    /** Starts it and returns its address, once it answers. */
    static String start(Starting starting) {
        int port = Ports.freeWith();
        List<String> command = List.of(
                binary(),
                Checkout.root().resolve("config/redis.conf").toString(),
                "--port",
                Integer.toString(port),
                "--dir",
                starting.directory("redis").toString());
        Process process = starting.children().start("redis", Map.of(), command);
        starting.awaitReady("redis", process, () -> answers(port));
        return "redis://127.0.0.1:" + port;
    }

    private static String binary() {
        try {
            return Checkout.redisServer().toString();
        } catch (IOException absent) {
            throw new UncheckedIOException("no redis-server beside the gateway's jar", absent);
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] pong = socket.getInputStream().readNBytes("+PONG".length());
            return new String(pong, StandardCharsets.US_ASCII).equals("+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }
}
