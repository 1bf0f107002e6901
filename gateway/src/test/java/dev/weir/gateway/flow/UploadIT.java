package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Flood;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.HeldOrigin;
import dev.weir.gateway.testkit.RawHttp;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.net.http.HttpResponse;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients that send content slowly, or not to its end. */
class UploadIT {

    /** More than the breaker needs to make up its mind. */
    private static final int MANY = 25;

    @Test
    void clientsThatBreakOffTheirRequestsAreNotHeldAgainstTheOrigin() throws Exception {
        try (HeldOrigin origin = new HeldOrigin();
                GatewayUnderTest gateway = GatewayUnderTest.start(GatewayUnderTest.routesTo(origin.url(), ""))) {
            for (int i = 0; i < MANY; i++) {
                try (RawHttp client = new RawHttp(gateway.port())) {
                    client.send("POST /item HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10\r\n\r\n");
                    HeldOrigin.Exchange exchange = origin.next();
                    client.reset();
                    exchange.awaitClosed();
                }
            }

            CompletableFuture<HttpResponse<String>> reply = gateway.getAsync("/page");
            origin.next().answer("up");
            assertThat(reply.get(10, TimeUnit.SECONDS).body()).isEqualTo("up");
        }
    }

    @Test
    void aBigUploadWaitsForItsOriginAndArrivesWhole() throws Exception {
        byte[] content = new byte[64 * 1024 * 1024];
        new Random(3).nextBytes(content);
        try (HeldOrigin origin = new HeldOrigin();
                GatewayUnderTest gateway = GatewayUnderTest.start(GatewayUnderTest.routesTo(origin.url(), ""));
                RawHttp client = new RawHttp(gateway.port())) {
            client.send("POST /item HTTP/1.1\r\nHost: a.test\r\nContent-Length: " + content.length + "\r\n\r\n");
            HeldOrigin.Exchange exchange = origin.next();
            long before = directBytes();
            Flood flood = Flood.into(client.socket(), content);

            assertThat(flood.isHeldUp()).isTrue();
            assertThat(directBytes() - before).isLessThan(content.length / 4L);

            assertThat(exchange.socket().getInputStream().readNBytes(content.length))
                    .isEqualTo(content);
            flood.awaitSent();
            exchange.answer("got it");
            assertThat(client.readUntil("got it")).startsWith("HTTP/1.1 200 ");
        }
    }

    private static long directBytes() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    @Test
    void slowUploadsLeaveConnectionsForOthersAndEndInTime() throws Exception {
        String origins = "origins:\n  site: { urls: [\"%s\"], max-connections: 4, response-timeout: 10s }\n";
        String routes = "routes:\n  - id: site\n    match: { path: \"/**\" }\n    origin: site\n";
        try (HeldOrigin origin = new HeldOrigin();
                GatewayUnderTest gateway =
                        GatewayUnderTest.start(origins.formatted(origin.url()) + routes, "limits.upload=2s");
                RawHttp first = new RawHttp(gateway.port());
                RawHttp second = new RawHttp(gateway.port());
                RawHttp third = new RawHttp(gateway.port())) {
            String head = "POST /item HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10\r\n\r\n";
            first.send(head);
            origin.next();
            second.send(head);
            origin.next();
            assertThat(third.send(head).readUntil("\r\n\r\n")).startsWith("HTTP/1.1 503 ");

            CompletableFuture<HttpResponse<String>> reply = gateway.getAsync("/page");
            origin.next().answer("up");
            assertThat(reply.get(10, TimeUnit.SECONDS).body()).isEqualTo("up");
            assertThat(first.readToEnd()).startsWith("HTTP/1.1 408 ");
            assertThat(second.readToEnd()).startsWith("HTTP/1.1 408 ");
        }
    }
}
