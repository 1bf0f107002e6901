package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.HeldOrigin;
import dev.weir.gateway.testkit.HeldOrigin.Exchange;
import dev.weir.gateway.testkit.RawHttp;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * However a fetch ends that one replica makes for all, the other one, which waits for it, hears of it and goes on; and no
 * lease is left behind.
 */
class LeaseReleaseIT {

    private static final String FRESH = "Cache-Control: public, max-age=600";

    private Replicas replicas;
    private HeldOrigin origin;
    private double before;

    @BeforeEach
    void start() {
        replicas = Replicas.start("one", "two");
        origin = replicas.origin();
        before = replicas.waits();
    }

    @AfterEach
    void stop() throws IOException {
        replicas.awaitNoLeaseHeld();
        replicas.close();
    }

    /** Replica two waits for replica one. */
    private CompletableFuture<String> waiting(String path) {
        CompletableFuture<String> two = replicas.ask(1, path, "X-From: two");
        replicas.awaitWaits(before, 1);
        return two;
    }

    /** The request of replica two; replica one may try once more in between. */
    private Exchange fetchedByTwo() {
        Exchange next = origin.next();
        while (!next.head().contains("X-From: two")) {
            next = origin.next();
        }
        return next;
    }

    private void goesOn(CompletableFuture<String> two) {
        fetchedByTwo().answer("by two", FRESH);
        assertThat(Replicas.reply(two)).endsWith("by two");
    }

    @Test
    void whenItsHeadIsAFailureItsBodyIsNotWaitedFor() {
        CompletableFuture<String> one = replicas.ask(0, "/failing");
        Exchange first = origin.next();
        CompletableFuture<String> two = waiting("/failing");

        first.write("HTTP/1.1 500 Oops\r\nCache-Control: no-store\r\nContent-Length: 2\r\n\r\na");

        goesOn(two);
        first.write("b").done();
        assertThat(Replicas.reply(one)).startsWith("HTTP/1.1 500");
    }

    @Test
    void whenItsBodyOutgrowsWhatMayBeStoredItsEndIsNotWaitedFor() throws IOException {
        String chunk = "0123456789abcdef".repeat(6 * 1024);
        RawHttp one = replicas.byHand(0, "/small/body");
        Exchange first = origin.next();
        CompletableFuture<String> two = waiting("/small/body");

        first.writeHead(FRESH, "Transfer-Encoding: chunked").writeChunk(chunk);

        goesOn(two);
        first.writeChunk("");
        one.readUntil("\r\n0\r\n\r\n");
        one.close();
    }

    @Test
    void whenItBreaksOffBeforeItsHead() {
        CompletableFuture<String> one = replicas.ask(0, "/broken");
        Exchange first = origin.next();
        CompletableFuture<String> two = waiting("/broken");

        first.breakOff();
        origin.next().breakOff(); // its second attempt

        goesOn(two);
        assertThat(Replicas.reply(one)).startsWith("HTTP/1.1 502");
    }

    @Test
    void whenItBreaksOffMidway() {
        CompletableFuture<String> one = replicas.ask(0, "/halved");
        Exchange first = origin.next();
        CompletableFuture<String> two = waiting("/halved");

        first.writeHead(FRESH, "Content-Length: 100").write("a part").breakOff();

        goesOn(two);
        assertThat(Replicas.reply(one)).endsWith("a part");
    }

    @Test
    void whenItIsGivenUpSinceAllWhoWantedItHaveLeft() throws IOException {
        RawHttp one = replicas.byHand(0, "/eager/left");
        Exchange first = origin.next();
        CompletableFuture<String> two = waiting("/eager/left");

        one.reset();
        first.awaitClosed();

        goesOn(two);
        assertThat(replicas.count("weir.coalesce.lingered")).isOne();
    }

    @Test
    void whenItsBodyIsGivenUpSinceAllWhoReadItHaveLeft() throws IOException {
        RawHttp one = replicas.byHand(0, "/long");
        Exchange first = origin.next();
        CompletableFuture<String> two = waiting("/long");
        first.writeHead(FRESH, "Content-Length: 4000000").write("x".repeat(1000));
        one.readUntil("xxx");

        one.reset();
        first.awaitClosed();

        goesOn(two);
    }

    @Test
    void whenItIsConfirmedForOneAlone() {
        for (String control : List.of("private", "max-age=600, no-store")) {
            String path = "/confirmed-" + control.length();
            for (int replica : new int[] {0, 1}) {
                CompletableFuture<String> filling = replicas.ask(replica, path);
                Eventually.isTrue(() -> origin.hasNext() || filling.isDone());
                if (origin.hasNext()) {
                    origin.next().answer("old", "Cache-Control: public, max-age=600", "Age: 599", "ETag: \"1\"");
                }
                assertThat(Replicas.reply(filling)).endsWith("old");
            }
            Eventually.isTrue(() -> replicas.gateways().stream()
                    .noneMatch(each -> each.manage("GET", "/explain?url=http://site.example" + path, null)
                            .body()
                            .contains("\"fresh\"")));
            before = replicas.waits();
            CompletableFuture<String> one = replicas.ask(0, path);
            Exchange first = origin.next();
            CompletableFuture<String> two = waiting(path);

            first.write("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\nCache-Control: " + control + "\r\n\r\n")
                    .done();

            goesOn(two);
            assertThat(Replicas.reply(one)).endsWith("old");
        }
    }

    @Test
    void whenRedisHasWhatItWouldHaveFetched() {
        CompletableFuture<String> one = replicas.ask(0, "/had");
        origin.next().answer("had", FRESH);
        assertThat(Replicas.reply(one)).endsWith("had");
        replicas.awaitNoLeaseHeld();
        int asked = origin.count();

        assertThat(Replicas.reply(replicas.ask(1, "/had"))).contains("hit").endsWith("had");

        assertThat(origin.count()).isEqualTo(asked);
    }

    @Test
    void whoWaitsForOneThatIsSlowFetchesAtTheLatestWhenItsPatienceEnds() {
        CompletableFuture<String> one = replicas.ask(0, "/brief/slow");
        Exchange first = origin.next();
        CompletableFuture<String> two = waiting("/brief/slow");

        goesOn(two); // while replica one still has its lease

        first.answer("by one", FRESH);
        assertThat(Replicas.reply(one)).endsWith("by one");
    }
}
