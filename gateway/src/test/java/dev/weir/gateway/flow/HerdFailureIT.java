package dev.weir.gateway.flow;

import static dev.weir.gateway.testkit.GatewayUnderTest.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.HeldOrigin;
import dev.weir.gateway.testkit.HeldOrigin.Exchange;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What many get who want the same, where what arrives is a failure, incomplete, or for one of them alone. */
class HerdFailureIT {

    private HeldOrigin origin;
    private GatewayUnderTest gateway;

    @BeforeEach
    void start() {
        origin = new HeldOrigin();
        gateway = GatewayUnderTest.start("""
                origins:
                  site: { urls: ["%s"], response-timeout: 3s, total-timeout: 3s }
                routes:
                  - id: site
                    match: { path: "/**" }
                    origin: site
                """.formatted(origin.url()));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        origin.close();
    }

    private List<CompletableFuture<HttpResponse<String>>> ask(int count) {
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asked.add(gateway.getAsync("/page"));
        }
        return asked;
    }

    private void awaitAboard(int count) {
        Eventually.get(
                () -> gateway.bean(MeterRegistry.class)
                        .get("weir.flights.members")
                        .gauge()
                        .value(),
                members -> members == count);
    }

    private static HttpResponse<String> reply(CompletableFuture<HttpResponse<String>> asked) throws Exception {
        return asked.get(15, TimeUnit.SECONDS);
    }

    @Test
    void aFailureGoesToAllWhoWaitAndTheOriginIsAskedOnce() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> clients = ask(10);
        Exchange first = origin.next();
        awaitAboard(10);

        first.write("HTTP/1.1 500 Oops\r\nCache-Control: no-store\r\nContent-Length: 6\r\n\r\nbroken")
                .done();

        for (CompletableFuture<HttpResponse<String>> client : clients) {
            assertThat(reply(client).statusCode()).isEqualTo(500);
        }
        assertThat(origin.count()).isEqualTo(1);
    }

    @Test
    void aClientThatWantsNothingStoredGoesAloneAndTheOthersTogether() throws Exception {
        CompletableFuture<HttpResponse<String>> loner = gateway.getAsync("/page", "Cache-Control", "no-store");
        Exchange alone = origin.next();
        List<CompletableFuture<HttpResponse<String>>> clients = ask(5);
        Exchange together = origin.next();
        awaitAboard(5);

        alone.answer("alone", "Cache-Control: max-age=60");
        together.answer("together", "Cache-Control: max-age=60");

        assertThat(reply(loner).body()).isEqualTo("alone");
        for (CompletableFuture<HttpResponse<String>> client : clients) {
            assertThat(reply(client).body()).isEqualTo("together");
        }
        assertThat(origin.count()).isEqualTo(2);
    }

    @Test
    void aBodyThatOnlyTheEndOfTheConnectionEndsIsNotStored() throws Exception {
        CompletableFuture<HttpResponse<String>> client = gateway.getAsync("/page");
        origin.next()
                .writeHead("Cache-Control: max-age=60", "Connection: close")
                .write("perhaps half")
                .breakOff();
        assertThat(reply(client).body()).isEqualTo("perhaps half");

        CompletableFuture<HttpResponse<String>> next = gateway.getAsync("/page");
        origin.next().answer("whole", "Cache-Control: max-age=60");

        assertThat(reply(next).body()).isEqualTo("whole");
        assertThat(status(reply(next))).contains("fwd=uri-miss");
    }

    @Test
    void anOriginThatDripsIsNotWaitedForWithoutEnd() throws Exception {
        CompletableFuture<HttpResponse<String>> client = gateway.getAsync("/page");
        Exchange dripping = origin.next();
        dripping.writeHead("Cache-Control: no-store", "Transfer-Encoding: chunked");
        CompletableFuture<Void> drip = CompletableFuture.runAsync(() -> {
            while (!client.isDone()) {
                dripping.writeChunk("x");
                Eventually.isTrueWithin(Duration.ofMillis(50), client::isDone);
            }
        });

        assertThat(client.handle((reply, failure) -> failure != null).get(15, TimeUnit.SECONDS))
                .isTrue();
        assertThat(drip.handle((done, closed) -> true).get(15, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void aConfirmationThatSaysPrivateGoesToTheOneWhoAsked() throws Exception {
        CompletableFuture<HttpResponse<String>> before = gateway.getAsync("/page");
        origin.next().answer("old", "Cache-Control: max-age=0", "ETag: \"v1\"");
        reply(before);
        List<CompletableFuture<HttpResponse<String>>> clients = ask(3);
        Exchange validating = origin.next();
        awaitAboard(3);

        validating
                .write("HTTP/1.1 304 Not Modified\r\nCache-Control: private\r\nETag: \"v1\"\r\n\r\n")
                .done();
        for (int i = 1; i < 3; i++) {
            origin.next().answer("mine", "Cache-Control: private");
        }

        List<String> bodies = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> client : clients) {
            bodies.add(reply(client).body());
        }
        assertThat(bodies).containsExactlyInAnyOrder("old", "mine", "mine");
    }
}
