package dev.weir.loadtest.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.random.RandomGenerator;

/** Ports on loopback. */
public final class Ports {
    private static final int ATTEMPTS = 100;

    private Ports() {}

    /** A port that nobody listens on, out of those given to outgoing connections. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** A port that is free, as are the ports at these distances from it; below those given to outgoing connections. */
    public static int freeWith(int... distances) {
        RandomGenerator random = RandomGenerator.getDefault();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = random.nextInt(10_000, 28_000);
            if (isFree(port) && areFree(port, distances)) {
                return port;
            }
        }
        throw new IllegalStateException("no free ports in " + ATTEMPTS + " attempts");
    }

    private static boolean areFree(int port, int[] distances) {
        for (int distance : distances) {
            if (!isFree(port + distance)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** Does somebody take connections there? */
    public static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
