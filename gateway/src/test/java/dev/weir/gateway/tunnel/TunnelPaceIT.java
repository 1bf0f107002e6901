package dev.weir.gateway.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.Flood;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.HeldOrigin;
import dev.weir.gateway.testkit.HeldOrigin.Exchange;
import dev.weir.gateway.testkit.RawHttp;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.net.Socket;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Both ends' kernels take some MiB each; what is sent is far more than that. */
@DisplayName("a tunnel whose reader is slower than its sender")
class TunnelPaceIT {

    private static final byte[] MUCH = new byte[64 * 1024 * 1024];
    private static final byte[] MIB = new byte[1024 * 1024];
    private static final long ALLOWED_BYTES = 12L * 1024 * 1024;

    private HeldOrigin origin;
    private GatewayUnderTest gateway;
    private RawHttp client;
    private Exchange exchange;
    private long before;

    static {
        new Random(7).nextBytes(MUCH);
        new Random(8).nextBytes(MIB);
    }

    @BeforeEach
    void open() throws IOException {
        origin = new HeldOrigin();
        gateway = GatewayUnderTest.start(GatewayUnderTest.routesTo(origin.url(), ""));
        client = new RawHttp(gateway.port());
        client.send(Handshake.REQUEST);
        exchange = origin.next();
        exchange.write(Handshake.ANSWER);
        client.readUntil("\r\n\r\n");
        before = directBytes();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        origin.close();
        Eventually.isTrue(() -> gateway.bean(Tunnels.class).count() == 0);
        gateway.close();
    }

    private static long directBytes() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    private void heldUp(Socket sender, Socket reader) throws Exception {
        Flood flood = Flood.into(sender, MUCH);

        assertThat(flood.isHeldUp()).isTrue();
        assertThat(directBytes() - before).isLessThan(ALLOWED_BYTES);

        assertThat(reader.getInputStream().readNBytes(MUCH.length)).isEqualTo(MUCH);
        flood.awaitSent();
    }

    @Test
    @DisplayName("holds the origin up for a client")
    void slowClient() throws Exception {
        heldUp(exchange.socket(), client.socket());
    }

    @Test
    @DisplayName("holds the client up for an origin")
    void slowOrigin() throws Exception {
        heldUp(client.socket(), exchange.socket());
    }

    @Test
    @DisplayName("carries both directions at once, each whole, though neither is read at first")
    void both() throws Exception {
        Flood there = Flood.into(client.socket(), MIB);
        Flood back = Flood.into(exchange.socket(), MIB);

        assertThat(client.socket().getInputStream().readNBytes(MIB.length)).isEqualTo(MIB);
        assertThat(exchange.socket().getInputStream().readNBytes(MIB.length)).isEqualTo(MIB);
        there.awaitSent();
        back.awaitSent();
    }

    @Test
    @DisplayName("brings the end of the stream after all that came before it")
    void endAfterAll() throws Exception {
        exchange.socket().getOutputStream().write(MIB);
        exchange.socket().shutdownOutput();
        client.send("!");
        assertThat(exchange.readUntil("!")).isEqualTo("!");

        assertThat(client.socket().getInputStream().readNBytes(MIB.length + 1)).isEqualTo(MIB);
    }
}
