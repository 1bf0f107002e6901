package dev.weir.gateway.flow;

import static dev.weir.gateway.testkit.GatewayUnderTest.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.HeldOrigin;
import dev.weir.gateway.testkit.HeldOrigin.Exchange;
import dev.weir.gateway.testkit.RawHttp;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The account of bytes on their way into the store, of all flights together: 64 KiB here, far less than one may have. */
@Timeout(60)
class InFlightIT {

    private static final String FRESH = "Cache-Control: public, max-age=60";
    private static final String MOST_OF_IT = "0123456789abcdef".repeat(3 * 1024);
    private static final String TOO_MUCH = "0123456789abcdef".repeat(16 * 1024);

    private HeldOrigin origin;
    private GatewayUnderTest gateway;

    @BeforeEach
    void start() {
        origin = new HeldOrigin();
        gateway = GatewayUnderTest.start(GatewayUnderTest.routesTo(origin.url(), ""), "coalesce.in-flight=64KiB");
    }

    @AfterEach
    void nothingIsLeftOnTheAccount() throws IOException {
        for (String level : new String[] {"weir.flights", "weir.flights.members", "weir.inflight.bytes"}) {
            Eventually.get(() -> level(level), value -> value == 0);
        }
        gateway.close();
        origin.close();
    }

    private int level(String name) {
        return (int) gateway.bean(MeterRegistry.class).get(name).gauge().value();
    }

    private int outgrown() {
        return (int) gateway.bean(MeterRegistry.class)
                .get("weir.coalesce.outgrown")
                .functionCounter()
                .count();
    }

    private static HttpResponse<String> reply(CompletableFuture<HttpResponse<String>> asked) {
        return asked.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private RawHttp byHand(String path) throws IOException {
        return new RawHttp(gateway.port())
                .send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port() + "\r\n\r\n");
    }

    @Test
    void aBodyPastTheAccountReachesItsReadersWholeAndIsNotStored() {
        CompletableFuture<HttpResponse<String>> reader = gateway.getAsync("/large");
        Exchange exchange = origin.next();

        exchange.answer(TOO_MUCH, FRESH);

        assertThat(reply(reader).body()).isEqualTo(TOO_MUCH);
        assertThat(outgrown()).isOne();
        CompletableFuture<HttpResponse<String>> next = gateway.getAsync("/large");
        origin.next().answer("small", FRESH);
        assertThat(reply(next).body()).isEqualTo("small");
    }

    @Test
    void whatFitsByItselfIsNotStoredWhileAnotherHasTheRoomAndIsLater() throws IOException {
        RawHttp first = byHand("/first");
        Exchange filling = origin.next();
        filling.writeHead(FRESH, "Content-Length: " + (MOST_OF_IT.length() + 1)).write(MOST_OF_IT);
        first.readUntil(MOST_OF_IT);
        assertThat(level("weir.inflight.bytes")).isEqualTo(MOST_OF_IT.length());

        CompletableFuture<HttpResponse<String>> second = gateway.getAsync("/second");
        origin.next().answer(MOST_OF_IT, FRESH);
        assertThat(reply(second).body()).isEqualTo(MOST_OF_IT);
        assertThat(outgrown()).isOne();
        filling.write("!").done();
        first.readUntil("!");
        first.close();

        assertThat(status(gateway.get("/first"))).startsWith("weir; hit");
        Eventually.get(() -> level("weir.inflight.bytes"), value -> value == 0);
        CompletableFuture<HttpResponse<String>> again = gateway.getAsync("/second");
        origin.next().answer(MOST_OF_IT, FRESH);
        assertThat(reply(again).body()).isEqualTo(MOST_OF_IT);
        assertThat(status(gateway.get("/second"))).startsWith("weir; hit");
    }

    @Test
    void whatFoundNoRoomOnceIsStillFetchedOnceForAllTheNextTime() throws IOException {
        RawHttp first = byHand("/first");
        Exchange filling = origin.next();
        filling.writeHead(FRESH, "Content-Length: " + (MOST_OF_IT.length() + 1)).write(MOST_OF_IT);
        first.readUntil(MOST_OF_IT);
        CompletableFuture<HttpResponse<String>> second = gateway.getAsync("/second");
        origin.next().answer(MOST_OF_IT, FRESH);
        assertThat(reply(second).body()).isEqualTo(MOST_OF_IT);
        assertThat(outgrown()).isOne();
        filling.write("!").done();
        first.readUntil("!");
        first.close();
        Eventually.get(() -> level("weir.flights.members"), value -> value == 0);
        int before = origin.count();

        CompletableFuture<HttpResponse<String>> one = gateway.getAsync("/second");
        Exchange exchange = origin.next();
        CompletableFuture<HttpResponse<String>> other = gateway.getAsync("/second");
        Eventually.get(() -> level("weir.flights.members"), value -> value == 2);
        exchange.answer(MOST_OF_IT, FRESH);

        assertThat(reply(one).body()).isEqualTo(MOST_OF_IT);
        assertThat(status(reply(other))).contains("collapsed");
        assertThat(origin.count() - before).isOne();
    }
}
