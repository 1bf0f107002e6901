package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.HeldOrigin;
import dev.weir.gateway.testkit.HeldOrigin.Exchange;
import dev.weir.gateway.testkit.RedisServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three replicas on one Redis want the same at the same time; the origin answers by hand. */
class LeaseIT {

    private static final String FRESH = "Cache-Control: public, max-age=600";

    private Replicas replicas;
    private RedisServer redis;
    private HeldOrigin origin;

    @BeforeEach
    void start() {
        replicas = Replicas.start("one", "two", "three");
        redis = replicas.redis();
        origin = replicas.origin();
    }

    @AfterEach
    void stop() throws IOException {
        replicas.close();
    }

    private List<CompletableFuture<String>> askAll(String path) {
        return replicas.askAll(path);
    }

    private CompletableFuture<String> ask(int replica, String path) {
        return replicas.ask(replica, path);
    }

    private static String reply(CompletableFuture<String> asked) {
        return Replicas.reply(asked);
    }

    @Test
    void aColdPageWantedByAllReplicasIsFetchedOnce() {
        int asked = origin.count();
        double before = replicas.waits();
        List<CompletableFuture<String>> replies = askAll("/page");
        Exchange exchange = origin.next();
        replicas.awaitWaits(before, 2);

        exchange.answer("the one", FRESH);

        replies.forEach(each -> assertThat(reply(each)).endsWith("the one"));
        assertThat(origin.count()).isEqualTo(asked + 1);
        replicas.awaitNoLeaseHeld(); // its end is told; a wait that lapses would find the answer as well, only later
    }

    @Test
    void whatCannotBeSharedReleasesTheOtherReplicasAtTheHead() {
        double before = replicas.waits();
        List<CompletableFuture<String>> replies = askAll("/mine");
        Exchange first = origin.next();
        replicas.awaitWaits(before, 2);

        first.writeHead("Cache-Control: private", "Content-Length: 2").write("a"); // its body does not end

        origin.next().answer("b", "Cache-Control: private");
        origin.next().answer("b", "Cache-Control: private");
        first.write("a").done();
        replies.forEach(each -> assertThat(reply(each)).startsWith("HTTP/1.1 200"));
    }

    @Test
    void whatCouldNotBeSharedIsNotWaitedForNextTimeByAnyReplica() {
        CompletableFuture<String> once = ask(0, "/personal");
        origin.next().answer("x", "Cache-Control: private");
        assertThat(reply(once)).endsWith("x");

        List<CompletableFuture<String>> replies = askAll("/personal");

        // All of them are at the origin before any is answered
        List<Exchange> exchanges = List.of(origin.next(), origin.next(), origin.next());
        exchanges.forEach(each -> each.answer("y", "Cache-Control: private"));
        replies.forEach(each -> assertThat(reply(each)).endsWith("y"));
    }

    @Test
    void aReplicaThatHearsOfItFromAnotherOneDoesNotLetItsOwnClientsWaitEither() {
        CompletableFuture<String> once = ask(0, "/private");
        origin.next().answer("x", "Cache-Control: private");
        assertThat(reply(once)).endsWith("x");
        CompletableFuture<String> first = ask(1, "/private");
        Exchange told = origin.next();

        CompletableFuture<String> second = ask(1, "/private");

        origin.next().answer("z", "Cache-Control: private"); // while the first is not answered yet
        assertThat(reply(second)).endsWith("z");
        told.answer("y", "Cache-Control: private");
        assertThat(reply(first)).endsWith("y");
    }

    @Test
    void whatCanBeSharedAgainIsWaitedForAgain() {
        CompletableFuture<String> once = ask(0, "/changed");
        origin.next().answer("x", "Cache-Control: private");
        reply(once);
        CompletableFuture<String> again = ask(0, "/changed");
        origin.next().answer("y", FRESH);
        reply(again);
        assertThat(replicas.gateways()
                        .get(0)
                        .purge("{\"all\":true,\"mode\":\"hard\"}")
                        .statusCode())
                .isEqualTo(200);
        double before = replicas.waits();

        List<CompletableFuture<String>> replies = askAll("/changed");

        Exchange exchange = origin.next();
        replicas.awaitWaits(before, 2);
        exchange.answer("z", FRESH);
        replies.forEach(each -> assertThat(reply(each)).endsWith("z"));
    }

    @Test
    void anAnswerTooLargeForRedisReleasesTheOtherReplicasAtItsHead() {
        double before = replicas.waits();
        CompletableFuture<String> one = ask(0, "/large");
        Exchange first = origin.next();
        CompletableFuture<String> two = ask(1, "/large");
        replicas.awaitWaits(before, 1);

        first.writeHead(FRESH, "Content-Length: " + (9 << 20));

        origin.next().answer("small", FRESH);
        assertThat(reply(two)).endsWith("small");
        first.breakOff();
        assertThat(reply(one)).doesNotContain("small");
    }

    @Test
    void withoutRedisEachReplicaFetchesForItselfAtOnceAndOnceForItsOwnClients() {
        redis.stop();

        List<CompletableFuture<String>> replies = new ArrayList<>(askAll("/alone"));
        replies.addAll(askAll("/alone"));

        List<Exchange> exchanges = List.of(origin.next(), origin.next(), origin.next());
        replicas.awaitAboard(2);
        assertThat(origin.hasNext()).isFalse();
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
        double before = replicas.waits();
        List<CompletableFuture<String>> replies = askAll("/nocache");
        Exchange first = origin.next();
        replicas.awaitWaits(before, 2);

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
        Eventually.isTrue(() ->
                replicas.gateways().stream().noneMatch(each -> explained(each).contains("\"fresh\"")));
        int asked = origin.count();
        double before = replicas.waits();

        List<CompletableFuture<String>> replies = askAll("/stale");
        Exchange validation = origin.next();
        replicas.awaitWaits(before, 2);
        assertThat(validation.head()).contains("If-None-Match: \"1\"");
        validation
                .write("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\nCache-Control: max-age=600\r\n\r\n")
                .done();

        replies.forEach(each -> assertThat(reply(each)).endsWith("same"));
        assertThat(origin.count()).isEqualTo(asked + 1);
        replicas.awaitNoLeaseHeld();
    }

    private static String explained(GatewayUnderTest gateway) {
        return gateway.manage("GET", "/explain?url=http://site.example/stale", null)
                .body();
    }
}
