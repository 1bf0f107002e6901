package dev.weir.gateway.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weir.gateway.testkit.FaultProxy.Way;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One connection through a {@link FaultProxy}: two sockets and a thread for each way between them. */
final class FaultyLine {

    private static final int PIECE = 16 * 1024;

    private final FaultProxy proxy;
    private final Socket client;
    private final List<String> words;
    private final Set<String> carried = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Socket server;
    private volatile boolean lost;

    FaultyLine(FaultProxy proxy, Socket client, List<String> words) {
        this.proxy = proxy;
        this.client = client;
        this.words = words;
    }

    /** Connects to the server; where that refuses, the client is broken off. */
    void open(int serverPort) throws IOException {
        try {
            Socket there = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            there.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            server = there;
            daemon(() -> pump(client, there, Way.TO_SERVER));
            daemon(() -> pump(there, client, Way.TO_CLIENT));
        } catch (IOException away) {
            reset();
            throw away;
        }
    }

    private void pump(Socket from, Socket to, Way way) {
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                listen(new String(piece, 0, length, ISO_8859_1));
                if (proxy.mayPass(this, way)) {
                    out.write(piece, 0, length);
                }
            }
        } catch (IOException broken) {
            // as good as its end
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
        end(way);
    }

    /** An end travels as bytes do. */
    private void end(Way way) {
        try {
            if (proxy.mayPass(this, way)) {
                close();
            }
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
    }

    private void listen(String piece) {
        for (String word : words) {
            if (piece.contains(word)) {
                carried.add(word);
            }
        }
    }

    /** Whether that word stood in one of the pieces so far. */
    boolean hasCarried(String word) {
        return carried.contains(word);
    }

    void lose() {
        lost = true;
    }

    boolean isLost() {
        return lost;
    }

    boolean isOpen() {
        return !client.isClosed();
    }

    void reset() {
        try {
            client.setSoLinger(true, 0);
            Socket there = server;
            if (there != null) {
                there.setSoLinger(true, 0);
            }
        } catch (IOException closed) {
            // nothing left to break off
        }
        close();
    }

    void close() {
        try {
            client.close();
            Socket there = server;
            if (there != null) {
                there.close();
            }
        } catch (IOException broken) {
            // closed as well
        }
    }

    static void daemon(Runnable work) {
        Thread thread = new Thread(work, "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
