package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.purge.PurgeLog;
import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.HeldOrigin;
import dev.weir.gateway.testkit.HeldOrigin.Exchange;
import dev.weir.gateway.testkit.RawHttp;
import dev.weir.gateway.testkit.RedisServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three replicas on one Redis want the same at the same time; the origin answers by hand. */
class LeaseIT {

    private static final String FRESH = "Cache-Control: public, max-age=600";

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private RedisServer redis;
    private HeldOrigin origin;
    private final List<GatewayUnderTest> replicas = new ArrayList<>();

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        origin = new HeldOrigin();
        for (String name : List.of("one", "two", "three")) {
            replicas.add(replica(name));
        }
        replicas.forEach(LeaseIT::awaitStanding);
        awaitLeases();
    }

    private GatewayUnderTest replica(String name) {
        String routes = """
                origins:
                  site: { urls: ["%s"], response-timeout: 30s }
                routes:
                  - id: site
                    match: { path: "/**" }
                    origin: site
                    coalesce: { wait: 12s }
                """.formatted(origin.url());
        // A generous budget, since a look-up on a busy machine that takes longer is a miss by design
        return GatewayUnderTest.start(routes, "redis.uri=" + redis.uri(), "redis.budget=900ms", "replica.id=" + name);
    }

    private static void awaitStanding(GatewayUnderTest gateway) {
        Eventually.isTrue(() -> gateway.bean(PurgeLog.class).standing().holdsAt(System.nanoTime()));
    }

    /** Until connections and channels are up nobody waits for anybody, by design. */
    private void awaitLeases() {
        int[] attempt = new int[1];
        Eventually.isTrue(() -> {
            String path = "/warm-" + attempt[0]++;
            int asked = origin.count();
            List<CompletableFuture<String>> replies = askAll(path);
            origin.next().answer("warm", FRESH);
            while (!CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
                    .isDone()) {
                Eventually.isTrue(() -> origin.hasNext() || replies.stream().allMatch(CompletableFuture::isDone));
                if (origin.hasNext()) {
                    origin.next().answer("warm", FRESH);
                }
            }
            return origin.count() == asked + 1;
        });
    }

    @AfterEach
    void stop() throws IOException {
        clients.shutdownNow();
        replicas.forEach(GatewayUnderTest::close);
        origin.close();
        redis.close();
    }

    private List<CompletableFuture<String>> askAll(String path) {
        return replicas.stream().map(replica -> ask(replica, path)).toList();
    }

    /** Under one name for all replicas, as behind one balancer. */
    private CompletableFuture<String> ask(GatewayUnderTest replica, String path) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (RawHttp http = new RawHttp(replica.port())) {
                        String head = "GET " + path + " HTTP/1.1\r\nHost: site.example\r\nConnection: close";
                        return http.send(head + "\r\n\r\n").readToEnd();
                    } catch (IOException broken) {
                        throw new UncheckedIOException(broken);
                    }
                },
                clients);
    }

    private static String reply(CompletableFuture<String> asked) {
        return asked.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static double count(GatewayUnderTest gateway, String name) {
        return gateway.bean(MeterRegistry.class).get(name).functionCounter().count();
    }

    private double waits() {
        return replicas.stream()
                .mapToDouble(each -> count(each, "weir.coalesce.waits"))
                .sum();
    }

    private void awaitWaits(double before, int more) {
        Eventually.get(this::waits, now -> now >= before + more);
    }

    @Test
    void aColdPageWantedByAllReplicasIsFetchedOnce() {
        int asked = origin.count();
        double before = waits();
        List<CompletableFuture<String>> replies = askAll("/page");
        Exchange exchange = origin.next();
        awaitWaits(before, 2);

        exchange.answer("the one", FRESH);

        replies.forEach(each -> assertThat(reply(each)).endsWith("the one"));
        assertThat(origin.count()).isEqualTo(asked + 1);
    }

    @Test
    void whatCannotBeSharedReleasesTheOtherReplicasAtTheHead() {
        double before = waits();
        List<CompletableFuture<String>> replies = askAll("/mine");
        Exchange first = origin.next();
        awaitWaits(before, 2);

        first.writeHead("Cache-Control: private", "Content-Length: 2").write("a"); // its body does not end

        origin.next().answer("b", "Cache-Control: private");
        origin.next().answer("b", "Cache-Control: private");
        first.write("a").done();
        replies.forEach(each -> assertThat(reply(each)).startsWith("HTTP/1.1 200"));
    }

    @Test
    void whatCouldNotBeSharedIsNotWaitedForNextTimeByAnyReplica() {
        CompletableFuture<String> once = ask(replicas.get(0), "/personal");
        origin.next().answer("x", "Cache-Control: private");
        assertThat(reply(once)).endsWith("x");

        List<CompletableFuture<String>> replies = askAll("/personal");

        // All of them are at the origin before any is answered
        List<Exchange> exchanges = List.of(origin.next(), origin.next(), origin.next());
        exchanges.forEach(each -> each.answer("y", "Cache-Control: private"));
        replies.forEach(each -> assertThat(reply(each)).endsWith("y"));
    }

    @Test
    void whatCanBeSharedAgainIsWaitedForAgain() {
        CompletableFuture<String> once = ask(replicas.get(0), "/changed");
        origin.next().answer("x", "Cache-Control: private");
        reply(once);
        CompletableFuture<String> again = ask(replicas.get(0), "/changed");
        origin.next().answer("y", FRESH);
        reply(again);
        assertThat(replicas.get(0).purge("{\"all\":true,\"mode\":\"hard\"}").statusCode())
                .isEqualTo(200);
        double before = waits();

        List<CompletableFuture<String>> replies = askAll("/changed");

        Exchange exchange = origin.next();
        awaitWaits(before, 2);
        exchange.answer("z", FRESH);
        replies.forEach(each -> assertThat(reply(each)).endsWith("z"));
    }

    @Test
    void anAnswerTooLargeForRedisReleasesTheOtherReplicasAtItsHead() {
        double before = waits();
        CompletableFuture<String> one = ask(replicas.get(0), "/large");
        Exchange first = origin.next();
        CompletableFuture<String> two = ask(replicas.get(1), "/large");
        awaitWaits(before, 1);

        first.writeHead(FRESH, "Content-Length: " + (9 << 20));

        origin.next().answer("small", FRESH);
        assertThat(reply(two)).endsWith("small");
        first.breakOff();
        assertThat(reply(one)).doesNotContain("small");
    }

    @Test
    void withoutRedisEachReplicaFetchesForItselfAtOnce() {
        redis.stop();

        List<CompletableFuture<String>> replies = askAll("/alone");

        List<Exchange> exchanges = List.of(origin.next(), origin.next(), origin.next());
        exchanges.forEach(each -> each.answer("a", FRESH));
        replies.forEach(each -> assertThat(reply(each)).contains("fwd=uri-miss"));
    }

    @Test
    void aFrozenRedisHoldsNobodyUpForLongerThanItsBudget() {
        redis.freeze();
        try {
            List<CompletableFuture<String>> replies = askAll("/frozen");

            List<Exchange> exchanges = List.of(origin.next(), origin.next(), origin.next());
            exchanges.forEach(each -> each.answer("a", FRESH));
            replies.forEach(each -> assertThat(reply(each)).endsWith("a"));
        } finally {
            redis.thaw();
        }
    }

    @Test
    void whatMustBeValidatedEachTimeIsNotFetchedByOneReplicaAfterTheOther() {
        double before = waits();
        List<CompletableFuture<String>> replies = askAll("/nocache");
        Exchange first = origin.next();
        awaitWaits(before, 2);

        first.writeHead("Cache-Control: no-cache", "ETag: \"1\"", "Content-Length: 1");

        // Both others are at the origin before any of the three has its body
        List<Exchange> others = List.of(origin.next(), origin.next());
        others.forEach(each -> each.answer("n", "Cache-Control: no-cache", "ETag: \"1\""));
        first.write("n").done();
        replies.forEach(each -> assertThat(reply(each)).endsWith("n"));
    }

    @Test
    void aStaleResponseIsValidatedOnceForAllReplicas() {
        List<CompletableFuture<String>> first = askAll("/stale");
        origin.next().answer("same", "Cache-Control: max-age=600", "Age: 599", "ETag: \"1\"");
        first.forEach(LeaseIT::reply);
        Eventually.isTrue(
                () -> replicas.stream().noneMatch(each -> explained(each).contains("\"fresh\"")));
        int asked = origin.count();
        double before = waits();

        List<CompletableFuture<String>> replies = askAll("/stale");
        Exchange validation = origin.next();
        awaitWaits(before, 2);
        assertThat(validation.head()).contains("If-None-Match: \"1\"");
        validation
                .write("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\nCache-Control: max-age=600\r\n\r\n")
                .done();

        replies.forEach(each -> assertThat(reply(each)).endsWith("same"));
        assertThat(origin.count()).isEqualTo(asked + 1);
    }

    private static String explained(GatewayUnderTest gateway) {
        return gateway.manage("GET", "/explain?url=http://site.example/stale", null)
                .body();
    }
}
