package dev.weir.gateway.flow;

import static dev.weir.gateway.testkit.GatewayUnderTest.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.HeldOrigin;
import dev.weir.gateway.testkit.HeldOrigin.Exchange;
import dev.weir.gateway.testkit.RedisServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever many want of a page, and whatever has to be done for it, is done once for all of them. */
@Timeout(60)
class OneFetchForAllIT {

    private static final String FRESH = "Cache-Control: public, max-age=60";

    private RedisServer redis;
    private HeldOrigin origin;
    private GatewayUnderTest gateway;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        origin = new HeldOrigin();
        gateway = GatewayUnderTest.start("""
                origins:
                  site: { urls: ["%s"], response-timeout: 30s }
                routes:
                  - id: site
                    match: { path: "/**" }
                    origin: site
                """.formatted(origin.url()), "redis.uri=" + redis.uri(), "redis.budget=900ms");
        gateway.awaitReady();
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
        redis.close();
    }

    private List<CompletableFuture<HttpResponse<String>>> ask(int clients, String path, String... fields) {
        return IntStream.range(0, clients)
                .mapToObj(i -> gateway.getAsync(path, fields))
                .toList();
    }

    private static HttpResponse<String> reply(CompletableFuture<HttpResponse<String>> asked) {
        return asked.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private void awaitAboard(int members) {
        MeterRegistry meters = gateway.bean(MeterRegistry.class);
        Eventually.get(() -> (int) meters.get("weir.flights.members").gauge().value(), value -> value == members);
    }

    private int count(String name) {
        return (int)
                gateway.bean(MeterRegistry.class).get(name).functionCounter().count();
    }

    @Test
    void partsOfAPageThatIsNotThereAreCutFromOneFetch() {
        List<CompletableFuture<HttpResponse<String>>> heads = ask(5, "/parts", "Range", "bytes=0-2");
        List<CompletableFuture<HttpResponse<String>>> tails = ask(5, "/parts", "Range", "bytes=-3");
        List<CompletableFuture<HttpResponse<String>>> wholes = ask(5, "/parts");
        Exchange exchange = origin.next();
        awaitAboard(15);

        exchange.answer("0123456789", FRESH, "ETag: \"1\"");

        assertThat(exchange.head()).doesNotContainIgnoringCase("range:");
        heads.forEach(each -> assertThat(reply(each).body()).isEqualTo("012"));
        tails.forEach(each -> assertThat(reply(each).body()).isEqualTo("789"));
        wholes.forEach(each -> assertThat(reply(each).body()).isEqualTo("0123456789"));
        assertThat(origin.count()).isOne();
    }

    @Test
    void aStaleResponseIsValidatedOnceForAllWhoWaitForIt() {
        List<CompletableFuture<HttpResponse<String>>> first = ask(1, "/validated");
        origin.next().answer("same", "Cache-Control: public, max-age=0", "ETag: \"1\"");
        reply(first.get(0));

        List<CompletableFuture<HttpResponse<String>>> clients = ask(10, "/validated");
        Exchange validation = origin.next();
        awaitAboard(10);
        validation
                .write("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n" + FRESH + "\r\n\r\n")
                .done();

        clients.forEach(each -> assertThat(reply(each).body()).isEqualTo("same"));
        assertThat(validation.head()).contains("If-None-Match: \"1\"");
        assertThat(origin.count()).isEqualTo(2);
    }

    @Test
    void aResponseThatIsServedStaleIsRefreshedOnceForAllWhoGetIt() {
        List<CompletableFuture<HttpResponse<String>>> first = ask(1, "/refreshed");
        origin.next()
                .answer(
                        "old",
                        "Cache-Control: public, max-age=600, stale-while-revalidate=600",
                        "Age: 600",
                        "ETag: \"1\"");
        reply(first.get(0));

        for (int i = 0; i < 10; i++) {
            assertThat(gateway.get("/refreshed").body()).isEqualTo("old");
        }
        Exchange refresh = origin.next();
        for (int i = 0; i < 10; i++) {
            assertThat(gateway.get("/refreshed").body()).isEqualTo("old");
        }
        assertThat(count("weir.origin.requests")).isEqualTo(2);
        refresh.answer("new", FRESH);

        Eventually.get(() -> gateway.get("/refreshed").body(), "new"::equals);
        assertThat(status(gateway.get("/refreshed"))).startsWith("weir; hit");
        assertThat(origin.count()).isEqualTo(2);
    }

    @Test
    void redisIsAskedOnceForAllWhoWantTheSame() {
        int before = count("weir.redis.lookups");
        List<CompletableFuture<HttpResponse<String>>> clients = ask(10, "/asked");
        Exchange exchange = origin.next();
        awaitAboard(10);

        assertThat(count("weir.redis.lookups")).isEqualTo(before + 1);

        exchange.answer("page", FRESH);
        clients.forEach(each -> assertThat(reply(each).body()).isEqualTo("page"));
        assertThat(count("weir.redis.lookups")).isEqualTo(before + 1);
    }
}
