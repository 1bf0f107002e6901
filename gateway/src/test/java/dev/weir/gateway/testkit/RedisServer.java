package dev.weir.gateway.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.embedded.RedisExecProvider;

/**
 * A real Redis of its own for a test: on a free port, without a file. Dies with the JVM (see
 * {@link GuardedProcess}).
 */
public final class RedisServer implements AutoCloseable {

    private static final Path BINARY = binary();

    private final int port;

    /** What the binary is started with. */
    private final List<String> arguments;

    private GuardedProcess process;

    private RedisServer(int port, List<String> arguments) {
        this.port = port;
        this.arguments = arguments;
        this.process = launch();
    }

    /** Starts one and waits until it answers. */
    public static RedisServer start(String... options) {
        return startOn(freePort(), options);
    }

    /**
     * A Sentinel that watches that master under the name {@code weir} and needs no other to agree.
     *
     * @param folder for its configuration, which it rewrites
     */
    public static RedisServer sentinelOf(RedisServer master, Path folder) throws IOException {
        int port = freePort();
        Path file = folder.resolve("sentinel-" + port + ".conf");
        Files.writeString(file, """
                port %d
                bind 127.0.0.1
                sentinel monitor weir 127.0.0.1 %d 1
                sentinel down-after-milliseconds weir 500
                sentinel failover-timeout weir 2000
                """.formatted(port, master.port()));
        return new RedisServer(port, List.of(file.toString(), "--sentinel"));
    }

    /** A port that nothing listens on; a server can be started there later. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    public static RedisServer startOn(int port, String... options) {
        List<String> arguments = new ArrayList<>(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
        arguments.addAll(List.of("--save", "", "--appendonly", "no"));
        arguments.addAll(List.of(options));
        return new RedisServer(port, arguments);
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Stops it in the middle of what it does: sockets stay open, nothing is answered (SIGSTOP). */
    public void freeze() {
        process.freeze();
    }

    public void thaw() {
        process.thaw();
    }

    /** Runs one command, as typed at a prompt; returns the first line of its answer without its end. */
    public String command(String line) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return readLine(socket.getInputStream()).stripTrailing();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Kills it; its memory is lost. */
    public void stop() {
        process.close();
    }

    /** Kills it and starts an empty one in its place. */
    public void restartEmpty() {
        stop();
        process = launch();
    }

    @Override
    public void close() {
        process.close();
    }

    private GuardedProcess launch() {
        List<String> command = new ArrayList<>(List.of(BINARY.toString()));
        command.addAll(arguments);
        GuardedProcess started = GuardedProcess.start(command);
        awaitAnswer();
        return started;
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    /** No event tells when a server listens: asked until it answers PING, for ten seconds. */
    private void awaitAnswer() {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!answers()) {
            if (System.nanoTime() - giveUp > 0) {
                throw new IllegalStateException("redis-server does not answer on port " + port);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            socket.setSoTimeout(500);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Path binary() {
        try {
            return RedisExecProvider.defaultProvider().get().toPath().toAbsolutePath();
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }
}
