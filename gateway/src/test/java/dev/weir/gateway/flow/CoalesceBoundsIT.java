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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bounds of sharing a fetch, each with its defined answer; the origin answers by hand. */
@Timeout(60)
class CoalesceBoundsIT {

    private static final String FRESH = "Cache-Control: public, max-age=60";
    private static final String PRIVATE = "Cache-Control: private";

    private HeldOrigin origin;
    private GatewayUnderTest gateway;

    @BeforeEach
    void start() {
        origin = new HeldOrigin();
        String route = """
                  - id: %s
                    match: { path: "/%s/**" }
                    origin: site
                    coalesce: { %s }
                """;
        gateway = GatewayUnderTest.start("""
                origins:
                  site: { urls: ["%s"], response-timeout: 30s }
                routes:
                """.formatted(origin.url())
                + route.formatted("off", "off", "enabled: false")
                + route.formatted("few", "few", "max-waiters: 3")
                + route.formatted("brief", "brief", "wait: 1s")
                + route.formatted("calm", "calm", "wait: 2s")
                + route.formatted("eager", "eager", "first-byte-budget: 200ms")
                + route.formatted("plain", "plain", "enabled: true"));
    }

    @AfterEach
    void nothingIsLeftUnderWay() throws IOException {
        for (String level : List.of("weir.flights", "weir.flights.members", "weir.inflight.bytes")) {
            Eventually.get(
                    () -> (int)
                            gateway.bean(MeterRegistry.class).get(level).gauge().value(),
                    value -> value == 0);
        }
        gateway.close();
        origin.close();
    }

    private List<CompletableFuture<HttpResponse<String>>> ask(int clients, String path) {
        return IntStream.range(0, clients).mapToObj(i -> gateway.getAsync(path)).toList();
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
    void aRouteMayHaveEachRequestFetchForItself() {
        List<CompletableFuture<HttpResponse<String>>> replies = ask(3, "/off/page");

        List<Exchange> exchanges = List.of(origin.next(), origin.next(), origin.next());

        exchanges.forEach(each -> each.answer("page", FRESH));
        replies.forEach(each -> assertThat(reply(each).body()).isEqualTo("page"));
        assertThat(status(gateway.get("/off/page"))).startsWith("weir; hit");
    }

    @Test
    void pastTheWaitersThatARouteAllowsTheNextIsTurnedAwayWithWordWhenToComeBack() {
        List<CompletableFuture<HttpResponse<String>>> replies = ask(3, "/few/page");
        Exchange exchange = origin.next();
        awaitAboard(3);

        HttpResponse<String> fourth = gateway.get("/few/page");

        assertThat(fourth.statusCode()).isEqualTo(503);
        assertThat(fourth.headers().firstValue("Retry-After")).isPresent();
        assertThat(count("weir.coalesce.turned.away")).isOne();
        exchange.answer("page", FRESH);
        replies.forEach(each -> assertThat(reply(each).body()).isEqualTo("page"));
    }

    @Test
    void thoseWhoHaveWaitedLongEnoughShareASecondFetch() {
        CompletableFuture<HttpResponse<String>> first = gateway.getAsync("/brief/page");
        Exchange slow = origin.next();
        List<CompletableFuture<HttpResponse<String>>> waiters = ask(3, "/brief/page");

        Exchange second = origin.next();
        Eventually.isTrue(() -> count("weir.coalesce.impatient") >= 3);
        second.answer("second", FRESH);

        waiters.forEach(each -> assertThat(reply(each).body()).isEqualTo("second"));
        slow.answer("slow", FRESH);
        assertThat(reply(first).body()).isEqualTo("slow");
    }

    /** The one who leads the second fetch has its answer from it; all others have what is in memory by then. */
    @Test
    void whoHasWaitedLongEnoughFindsWhatHasLandedMeanwhile() {
        CompletableFuture<HttpResponse<String>> first = gateway.getAsync("/calm/page");
        Exchange slow = origin.next();
        List<CompletableFuture<HttpResponse<String>>> waiters = ask(4, "/calm/page");

        Exchange second = origin.next();
        slow.answer("slow", FRESH);

        assertThat(reply(first).body()).isEqualTo("slow");
        Eventually.get(
                () -> (int) waiters.stream().filter(CompletableFuture::isDone).count(), done -> done == 3);
        second.answer("second", FRESH);
        assertThat(waiters.stream().map(each -> reply(each).body()))
                .containsExactlyInAnyOrder("slow", "slow", "slow", "second");
        assertThat(origin.count()).isEqualTo(2);
    }

    @Test
    void aSlowFetchIsJoinedByASecondOneAndTheFirstHeadIsForAll() {
        List<CompletableFuture<HttpResponse<String>>> replies = ask(5, "/eager/page");
        Exchange slow = origin.next();
        awaitAboard(5);

        Exchange second = origin.next();
        second.answer("second", FRESH);

        replies.forEach(each -> assertThat(reply(each).body()).isEqualTo("second"));
        slow.awaitClosed();
        assertThat(origin.count()).isEqualTo(2);
        assertThat(count("weir.origin.second.attempts")).isOne();
    }

    @Test
    void theFirstOneMayStillWin() {
        CompletableFuture<HttpResponse<String>> reply = gateway.getAsync("/eager/page");
        Exchange slow = origin.next();
        Exchange second = origin.next();

        slow.answer("first", FRESH);

        assertThat(reply(reply).body()).isEqualTo("first");
        second.awaitClosed();
    }

    @Test
    void whatCouldNotBeSharedIsNotWaitedForNextTime() {
        CompletableFuture<HttpResponse<String>> once = gateway.getAsync("/plain/mine");
        origin.next().answer("a", PRIVATE);
        reply(once);

        List<CompletableFuture<HttpResponse<String>>> replies = ask(3, "/plain/mine");

        List<Exchange> exchanges = List.of(origin.next(), origin.next(), origin.next());
        assertThat(count("weir.coalesce.not.shareable")).isEqualTo(3);
        exchanges.forEach(each -> each.answer("b", PRIVATE));
        replies.forEach(each -> assertThat(reply(each).body()).isEqualTo("b"));
    }

    @Test
    void whatTurnsOutToBeShareableIsStoredAndSharedAgain() {
        CompletableFuture<HttpResponse<String>> once = gateway.getAsync("/plain/changed");
        origin.next().answer("a", PRIVATE);
        reply(once);
        CompletableFuture<HttpResponse<String>> again = gateway.getAsync("/plain/changed");
        origin.next().answer("b", "Cache-Control: public, max-age=0", "ETag: \"b\"");
        reply(again);

        List<CompletableFuture<HttpResponse<String>>> replies = ask(3, "/plain/changed");

        Exchange exchange = origin.next();
        awaitAboard(3);
        assertThat(exchange.head()).contains("If-None-Match: \"b\"");
        exchange.answer("c", FRESH);
        replies.forEach(each -> assertThat(reply(each).body()).isEqualTo("c"));
    }

    @Test
    void aConditionalRequestForWhatCannotBeSharedIsTheOriginsToAnswer() {
        CompletableFuture<HttpResponse<String>> once = gateway.getAsync("/plain/mine");
        origin.next().answer("a", PRIVATE, "ETag: \"a\"");
        reply(once);

        CompletableFuture<HttpResponse<String>> again = gateway.getAsync("/plain/mine", "If-None-Match", "\"a\"");

        Exchange exchange = origin.next();
        assertThat(exchange.head()).contains("If-None-Match: \"a\"");
        exchange.write("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\nCache-Control: private\r\n\r\n")
                .done();
        assertThat(reply(again).statusCode()).isEqualTo(304);
    }

    @Test
    void anOriginThatIsAwayIsNotFoundOutAnewByEachWhoComesRightAfter() throws IOException {
        origin.close();
        assertThat(gateway.get("/plain/away").statusCode()).isEqualTo(502);

        // It is remembered for half a second at least: on a busy machine the next request may come too late for that
        Eventually.isTrue(() -> {
            assertThat(gateway.get("/plain/away").statusCode()).isEqualTo(502);
            return count("weir.coalesce.failed.lately") > 0;
        });
        int asked = count("weir.origin.requests");
        HttpResponse<String> posted = gateway.send("POST", "/plain/away", "x");
        assertThat(posted.statusCode()).isEqualTo(502);
        assertThat(count("weir.origin.requests")).isEqualTo(asked + 1); // a write is never answered by a note
    }

    /** The account of second attempts begins with ten of them, and each fetch adds a fifth of one. */
    @Test
    void anOriginInTroubleIsNotAskedTwiceForEachFetch() {
        int fetches = 16; // fewer than would make its breaker open

        for (int i = 0; i < fetches; i++) {
            CompletableFuture<HttpResponse<String>> broken = gateway.getAsync("/plain/trouble-" + i);
            while (!broken.isDone()) {
                Eventually.isTrue(() -> origin.hasNext() || broken.isDone());
                if (origin.hasNext()) {
                    origin.next().breakOff();
                }
            }
            assertThat(reply(broken).statusCode()).isEqualTo(502);
        }

        assertThat(count("weir.origin.second.attempts")).isEqualTo(13);
        assertThat(origin.count()).isEqualTo(fetches + 13);
    }

    @Test
    void whatOneRequestMayHaveProvokedIsNotHeldAgainstTheNext() {
        CompletableFuture<HttpResponse<String>> provoking = gateway.getAsync("/plain/page", "X-Bad", "1");
        origin.next().breakOff();
        origin.next().breakOff();
        assertThat(reply(provoking).statusCode()).isEqualTo(502);

        CompletableFuture<HttpResponse<String>> next = gateway.getAsync("/plain/page");

        origin.next().answer("page", FRESH);
        assertThat(reply(next).body()).isEqualTo("page");
    }

    @Test
    void whatACredentialBringsIsNeitherWaitedForByOthersNorHeldAgainstThem() {
        CompletableFuture<HttpResponse<String>> own = gateway.getAsync("/plain/page", "Authorization", "Bearer x");
        Exchange slow = origin.next();
        List<CompletableFuture<HttpResponse<String>>> others = ask(3, "/plain/page");
        Exchange shared = origin.next();
        awaitAboard(4);
        slow.answer("mine", "Cache-Control: max-age=60");
        assertThat(reply(own).body()).isEqualTo("mine");

        List<CompletableFuture<HttpResponse<String>>> more = ask(2, "/plain/page");
        awaitAboard(5);
        shared.answer("ours", FRESH);

        others.forEach(each -> assertThat(reply(each).body()).isEqualTo("ours"));
        more.forEach(each -> assertThat(reply(each).body()).isEqualTo("ours"));
        assertThat(origin.count()).isEqualTo(2);
    }

    @Test
    void whatA304SaysToACredentialIsForNobodyElse() {
        CompletableFuture<HttpResponse<String>> once = gateway.getAsync("/plain/page");
        origin.next().answer("page", "Cache-Control: public, max-age=60", "ETag: \"1\"");
        reply(once);
        for (String control : List.of("max-age=600", "private")) {
            CompletableFuture<HttpResponse<String>> own =
                    gateway.getAsync("/plain/page", "Authorization", "Bearer x", "Cache-Control", "no-cache");
            origin.next()
                    .write("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\nX-User: x\r\nCache-Control: " + control
                            + "\r\n\r\n")
                    .done();
            assertThat(reply(own).statusCode()).isEqualTo(200);

            HttpResponse<String> other = gateway.get("/plain/page");

            assertThat(status(other)).startsWith("weir; hit");
            assertThat(other.headers().firstValue("X-User")).isEmpty();
        }
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsGivenUpAfterAWhile() throws IOException {
        RawHttp client = byHand("/eager/left");
        Exchange exchange = origin.next();

        client.reset();

        exchange.awaitClosed();
        Eventually.isTrue(() -> count("weir.coalesce.lingered") == 1);
        while (origin.hasNext()) { // a second attempt, if there was time for one, ends with the first
            origin.next().awaitClosed();
        }
    }

    @Test
    void whoComesBackInTimeFindsTheFetchStillUnderWay() throws IOException {
        RawHttp client = byHand("/plain/left");
        Exchange exchange = origin.next();
        client.reset();
        awaitAboard(0);

        CompletableFuture<HttpResponse<String>> back = gateway.getAsync("/plain/left");
        awaitAboard(1);
        exchange.answer("still there", FRESH);

        assertThat(reply(back).body()).isEqualTo("still there");
        assertThat(origin.count()).isOne();
    }

    @Test
    void aLongBodyThatNobodyReadsAnyMoreIsGivenUpAndAShortOneIsNot() throws IOException {
        RawHttp one = byHand("/plain/long");
        Exchange longBody = origin.next();
        longBody.writeHead(FRESH, "Content-Length: 8000000").write("x".repeat(1000));
        one.readUntil("xxx");
        RawHttp other = byHand("/plain/short");
        Exchange shortBody = origin.next();
        shortBody.writeHead(FRESH, "Content-Length: 4").write("ab");
        other.readUntil("ab");

        one.reset();
        other.reset();

        longBody.awaitClosed();
        shortBody.write("cd").done();
        Eventually.isTrue(() -> status(gateway.get("/plain/short")).startsWith("weir; hit"));
    }

    private RawHttp byHand(String path) throws IOException {
        return new RawHttp(gateway.port())
                .send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port() + "\r\n\r\n");
    }
}
