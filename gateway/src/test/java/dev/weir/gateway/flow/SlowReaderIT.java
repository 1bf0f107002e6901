package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.HeldOrigin;
import dev.weir.gateway.testkit.RawHttp;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that makes a pause in its reading, longer than an origin may make one in its writing. */
class SlowReaderIT {

    private static final Duration RESPONSE_TIMEOUT = Duration.ofMillis(300);
    private static final String CHUNK = "0123456789abcdef".repeat(4096);
    private static final int CHUNKS = 512;

    @ParameterizedTest
    @ValueSource(strings = {"Cache-Control: no-store", "Cache-Control: public, max-age=60"})
    void aPauseOfTheClientIsNotTakenForOneOfTheOrigin(String cacheControl) throws Exception {
        try (HeldOrigin origin = new HeldOrigin();
                GatewayUnderTest gateway = GatewayUnderTest.start(routes(origin));
                RawHttp client = new RawHttp(gateway.port())) {
            client.send("GET /big HTTP/1.1\r\nHost: a.test\r\n\r\n");
            HeldOrigin.Exchange exchange = origin.next();
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(exchange, cacheControl));
            client.readUntil("\r\n\r\n");
            long until = System.nanoTime() + RESPONSE_TIMEOUT.multipliedBy(4).toNanos();
            Eventually.isTrue(() -> System.nanoTime() - until > 0);

            int length = client.readBytes(CHUNKS * CHUNK.length());
            assertThat(length).isEqualTo(CHUNKS * CHUNK.length());
            written.get(5, TimeUnit.SECONDS);
            Eventually.get(
                    () -> gateway.bean(MeterRegistry.class)
                            .get("weir.flights.members")
                            .gauge()
                            .value(),
                    members -> members == 0);
        }
    }

    @Test
    void aPauseOfTheOriginEndsTheExchangeVisibly() throws Exception {
        try (HeldOrigin origin = new HeldOrigin();
                GatewayUnderTest gateway = GatewayUnderTest.start(routes(origin));
                RawHttp client = new RawHttp(gateway.port())) {
            client.send("GET /paused HTTP/1.1\r\nHost: a.test\r\n\r\n");
            HeldOrigin.Exchange exchange = origin.next();
            exchange.writeHead("Cache-Control: public, max-age=60", "Transfer-Encoding: chunked")
                    .writeChunk("a part");

            assertThat(client.readToEnd()).contains("a part").doesNotContain("0\r\n\r\n");
            exchange.awaitClosed();
        }
    }

    private static void write(HeldOrigin.Exchange exchange, String cacheControl) {
        exchange.writeHead(cacheControl, "Content-Length: " + CHUNKS * CHUNK.length());
        for (int i = 0; i < CHUNKS; i++) {
            exchange.write(CHUNK);
        }
        exchange.done();
    }

    private static String routes(HeldOrigin origin) {
        return """
                origins:
                  site: { urls: ["%s"], response-timeout: %dms }
                routes:
                  - id: site
                    match: { path: "/**" }
                    origin: site
                """.formatted(origin.url(), RESPONSE_TIMEOUT.toMillis());
    }
}
