package dev.weir.gateway.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.RawHttp;
import dev.weir.gateway.testkit.ScriptedOrigin;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that take what they ask for badly, or send what they must not. */
class HostileClientIT {

    private static final int BIG = 8 * 1024 * 1024;
    private static final int READERS = 6;

    private static ScriptedOrigin origin;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        origin = new ScriptedOrigin().on("/big", "b".repeat(BIG), "Cache-Control", "max-age=600");
        origin.on("/page", "page", "Cache-Control", "max-age=600");
        gateway = GatewayUnderTest.inFrontOf(origin, "limits.write=2s", "limits.connections=20");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        origin.close();
    }

    /** Asks, and reads nothing; with a small window, so that the kernel does not take it all. */
    private static Socket reader() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
        socket.getOutputStream().write("GET /big HTTP/1.1\r\nHost: a.test\r\n\r\n".getBytes(ISO_8859_1));
        return socket;
    }

    @Test
    void storedBodiesThatNobodyReadsTakeLittleMemoryAndEnd() throws Exception {
        assertThat(gateway.get("/big").body()).hasSize(BIG);
        long before = directBytes();
        List<Socket> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(reader());
        }

        assertThat(gateway.get("/page").body()).isEqualTo("page");
        long held = directBytes() - before;
        assertThat(held).isLessThan(READERS * BIG / 4L);
        for (Socket reader : readers) {
            Eventually.isTrue(() -> isCut(reader));
        }
    }

    private static long directBytes() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    /** Reading would free the way: the end is seen by writing. */
    private static boolean isCut(Socket reader) {
        try {
            reader.getOutputStream().write('x');
            return false;
        } catch (IOException cut) {
            return true;
        }
    }

    @Test
    void aConnectionTooManyIsClosedAndTheOthersGoOn() throws Exception {
        List<RawHttp> open = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            open.add(new RawHttp(gateway.port()));
        }
        try {
            assertThat(isRefused(open.get(open.size() - 1))).isTrue();
            assertThat(open.get(0)
                            .send("GET /page HTTP/1.1\r\nHost: a.test\r\n\r\n")
                            .readUntil("\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ");
        } finally {
            for (RawHttp client : open) {
                client.close();
            }
        }
    }

    private static boolean isRefused(RawHttp client) {
        try {
            return client.readToEnd().isEmpty();
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE"})
    void muchContentWhereItMeansNothingIsRefusedBeforeItComes(String method) throws Exception {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(method + " /page HTTP/1.1\r\nHost: a.test\r\nContent-Length: 4000000000\r\n\r\n");

            assertThat(client.readToEnd()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void muchContentInChunksWhereItMeansNothingIsRefused() throws Exception {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send("GET /page HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("11000\r\n" + "x".repeat(0x11000) + "\r\n");

            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void aTransferCodingThatIsNotKnownIsRefusedAndItsBytesAreNoRequest() throws Exception {
        try (RawHttp client = new RawHttp(gateway.port())) {
            // In one piece: what came after the connection was closed would take the answer with it
            String refused = "POST /page HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: xchunked\r\n\r\n";
            String behind = "GET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n";
            client.send(refused + behind);

            assertThat(client.readToEnd()).startsWith("HTTP/1.1 501 ").doesNotContain("HTTP/1.1 200");
            assertThat(origin.count("/smuggled")).isZero();
        }
    }
}
