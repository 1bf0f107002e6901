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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What many clients see that want the same at the same time, over real sockets. The origin answers by hand, once the
 * gateway says that it has all of them aboard. At most eight connections lead to it: one that a test left behind would be
 * missing in the next.
 */
class CoalescingIT {

    private static final String FRESH = "Cache-Control: public, max-age=60";
    private static final int MAX_CONNECTIONS = 8;
    private static final int MAX_OBJECT = 256 * 1024;

    private static HeldOrigin origin;
    private static GatewayUnderTest gateway;
    private static int paths;

    private String path;
    private int before;

    @BeforeAll
    static void start() {
        origin = new HeldOrigin();
        gateway = GatewayUnderTest.start("""
                origins:
                  site:
                    urls: ["%s"]
                    response-timeout: 30s
                    max-connections: %d
                routes:
                  - id: site
                    match: { path: "/**" }
                    origin: site
                    cache: { max-object: 256KiB }
                """.formatted(origin.url(), MAX_CONNECTIONS), "coalesce.stall-timeout=1s");
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    @BeforeEach
    void newPath() {
        path = "/page-" + paths++;
        before = origin.count();
    }

    @AfterEach
    void nothingIsLeftUnderWay() {
        for (String level : List.of("weir.flights", "weir.flights.members", "weir.inflight.bytes")) {
            Eventually.get(() -> level(level), value -> value == 0);
        }
    }

    private static int level(String name) {
        return (int) gateway.bean(MeterRegistry.class).get(name).gauge().value();
    }

    private static void awaitAboard(int members) {
        Eventually.get(() -> level("weir.flights.members"), value -> value == members);
    }

    /** Requests that this test has caused at the origin. */
    private int fetches() {
        return origin.count() - before;
    }

    private List<CompletableFuture<HttpResponse<String>>> ask(int clients, String... fields) {
        return IntStream.range(0, clients)
                .mapToObj(i -> gateway.getAsync(path, fields))
                .toList();
    }

    private RawHttp askByHand() throws IOException {
        return new RawHttp(gateway.port())
                .send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port() + "\r\n\r\n");
    }

    private static HttpResponse<String> reply(CompletableFuture<HttpResponse<String>> asked) {
        return asked.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void threeHundredColdRequestsAreOneFetch() {
        String body = "all the same ".repeat(2000);
        List<CompletableFuture<HttpResponse<String>>> clients = ask(300);
        Exchange exchange = origin.next();
        awaitAboard(300);

        exchange.answer(body, FRESH);

        Set<String> collapsed = new HashSet<>();
        for (CompletableFuture<HttpResponse<String>> client : clients) {
            assertThat(reply(client).body()).isEqualTo(body);
            collapsed.add(status(reply(client)).contains("collapsed") ? "waiter" : "first");
        }
        assertThat(collapsed).containsExactlyInAnyOrder("first", "waiter");
        assertThat(status(gateway.get(path))).startsWith("weir; hit");
        assertThat(fetches()).isEqualTo(1);
    }

    @Test
    void theOneWhoCausedTheFetchMayHangUp() throws IOException {
        RawHttp first = askByHand();
        Exchange exchange = origin.next();
        List<RawHttp> others = List.of(askByHand(), askByHand(), askByHand());
        awaitAboard(4);

        first.reset();
        awaitAboard(3);
        exchange.answer("whole", FRESH);

        for (RawHttp other : others) {
            assertThat(other.readUntil("whole")).contains("fwd-status=200", "collapsed");
            other.close();
        }
        assertStored("whole");
    }

    @Test
    void whenAllHangUpBeforeTheHeadAUsefulAnswerIsStillStored() throws IOException {
        List<RawHttp> clients = List.of(askByHand(), askByHand());
        Exchange exchange = origin.next();
        awaitAboard(2);
        for (RawHttp client : clients) {
            client.reset();
        }
        awaitAboard(0);

        exchange.answer("useful", FRESH);

        Eventually.get(() -> level("weir.flights"), value -> value == 0);
        assertStored("useful");
    }

    @Test
    void whenAllHangUpMidwayAUsefulAnswerIsStillStored() throws IOException {
        RawHttp client = askByHand();
        Exchange exchange = origin.next();
        exchange.writeHead(FRESH, "Content-Length: 9").write("first");
        client.readUntil("first");
        client.reset();
        awaitAboard(0);

        exchange.write("last").done();

        Eventually.get(() -> level("weir.flights"), value -> value == 0);
        assertStored("firstlast");
    }

    @Test
    void whoHangsUpBetweenHeadAndBodyIsCountedOffAndWhoStaysGetsAll() throws IOException {
        RawHttp leaving = askByHand();
        Exchange exchange = origin.next();
        RawHttp staying = askByHand();
        awaitAboard(2);
        exchange.writeHead(FRESH, "Content-Length: 9");
        assertThat(gateway.send("HEAD", path, null).statusCode()).isEqualTo(200); // so the head is there

        leaving.reset();
        awaitAboard(1);
        exchange.write("firstlast").done();

        staying.readUntil("firstlast");
        staying.close();
        assertThat(fetches()).isEqualTo(1);
    }

    @Test
    void whenAllHangUpBeforeTheHeadAnAnswerForNobodyElseIsCancelled() throws IOException {
        RawHttp client = askByHand();
        Exchange exchange = origin.next();
        awaitAboard(1);
        client.reset();
        awaitAboard(0);

        exchange.writeHead("Cache-Control: no-store", "Content-Length: 1000").write("a little");

        exchange.awaitClosed();
    }

    @Test
    void whenAllHangUpMidwayAnAnswerForNobodyElseIsCancelled() throws IOException {
        RawHttp client = askByHand();
        Exchange exchange = origin.next();
        exchange.writeHead("Cache-Control: no-store", "Content-Length: 1000").write("a little");
        client.readUntil("a little");

        client.reset();

        exchange.awaitClosed();
    }

    @Test
    void waitersReadWhileTheOriginStillWithholdsTheRest() throws IOException {
        List<RawHttp> clients = List.of(askByHand(), askByHand());
        Exchange exchange = origin.next();
        awaitAboard(2);

        exchange.writeHead(FRESH, "Content-Length: 9").write("first");
        for (RawHttp client : clients) {
            client.readUntil("first");
        }
        RawHttp late = askByHand();
        late.readUntil("first");
        exchange.write("last").done();

        for (RawHttp client : List.of(clients.get(0), clients.get(1), late)) {
            client.readUntil("last");
            client.close();
        }
        assertThat(fetches()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100", "Transfer-Encoding: chunked"})
    void anAnswerThatBreaksOffLooksWholeToNobodyAndIsNotStored(String framing) throws IOException {
        List<RawHttp> clients = List.of(askByHand(), askByHand(), askByHand());
        Exchange exchange = origin.next();
        awaitAboard(3);
        exchange.writeHead(FRESH, framing);
        if (framing.startsWith("T")) {
            exchange.writeChunk("a part");
        } else {
            exchange.write("a part");
        }
        for (RawHttp client : clients) {
            client.readUntil("a part");
        }

        exchange.breakOff();

        for (RawHttp client : clients) {
            assertThat(client.readToEnd()).doesNotContain("0\r\n\r\n");
            client.close();
        }
        CompletableFuture<HttpResponse<String>> next = gateway.getAsync(path);
        origin.next().answer("whole", FRESH);
        assertThat(reply(next).body()).isEqualTo("whole");
    }

    @Test
    void anAnswerThatBreaksOffBeforeItsHeadFailsAllAndIsForgotten() {
        List<CompletableFuture<HttpResponse<String>>> clients = ask(5);
        Exchange exchange = origin.next();
        awaitAboard(5);

        exchange.breakOff();
        origin.next().breakOff(); // one more try for all of them, and no third

        for (CompletableFuture<HttpResponse<String>> client : clients) {
            assertThat(reply(client).statusCode()).isEqualTo(502);
        }
        assertThat(fetches()).isEqualTo(2);
        // The failure is remembered for a moment, in which nobody asks the origin again
        Eventually.isTrue(() -> {
            CompletableFuture<HttpResponse<String>> unused = gateway.getAsync(path);
            return Eventually.isTrueWithin(Duration.ofMillis(100), () -> fetches() == 3);
        });
        origin.next().answer("whole", FRESH);
        assertThat(gateway.get(path).body()).isEqualTo("whole");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Cache-Control: no-store", "Cache-Control: private, max-age=60", FRESH + "\r\nSet-Cookie: id=1"})
    void whatIsPersonalGoesToEachAlone(String personal) {
        List<CompletableFuture<HttpResponse<String>>> clients = ask(20);
        Exchange first = origin.next();
        awaitAboard(20);

        first.answer("for 0", personal);
        for (int i = 1; i < 20; i++) {
            origin.next().answer("for " + i, personal);
        }

        Set<String> bodies = new HashSet<>();
        clients.forEach(client -> bodies.add(reply(client).body()));
        assertThat(bodies).hasSize(20);
    }

    @Test
    void anAnswerToACookieGoesToNobodyWhoWaits() {
        CompletableFuture<HttpResponse<String>> alice = gateway.getAsync(path, "Cookie", "user=alice");
        Exchange first = origin.next();
        List<CompletableFuture<HttpResponse<String>>> others = ask(3, "Cookie", "user=bob");
        awaitAboard(4);

        first.answer("for alice", "Cache-Control: max-age=60");
        for (int i = 0; i < 3; i++) {
            Exchange next = origin.next();
            assertThat(next.head()).containsIgnoringCase("cookie: user=bob");
            next.answer("for bob", "Cache-Control: max-age=60");
        }

        assertThat(reply(alice).body()).isEqualTo("for alice");
        others.forEach(other -> assertThat(reply(other).body()).isEqualTo("for bob"));
    }

    @Test
    void anAnswerToACookieThatIsPublicGoesToAll() {
        CompletableFuture<HttpResponse<String>> alice = gateway.getAsync(path, "Cookie", "user=alice");
        Exchange first = origin.next();
        CompletableFuture<HttpResponse<String>> other = gateway.getAsync(path, "Cookie", "user=bob");
        awaitAboard(2);

        first.answer("for all", FRESH);

        assertThat(reply(alice).body()).isEqualTo("for all");
        assertThat(reply(other).body()).isEqualTo("for all");
        assertThat(fetches()).isEqualTo(1);
    }

    @Test
    void variantsThatShowAtTheHeadPartTheWaiters() {
        List<CompletableFuture<HttpResponse<String>>> dark = new ArrayList<>(ask(1, "X-Theme", "dark"));
        Exchange first = origin.next();
        dark.addAll(ask(4, "X-Theme", "dark"));
        List<CompletableFuture<HttpResponse<String>>> light = ask(5, "X-Theme", "light");
        awaitAboard(10);

        first.answer("dark", FRESH, "Vary: X-Theme");
        Exchange second = origin.next();
        assertThat(second.head()).containsIgnoringCase("x-theme: light");
        awaitAboard(5);
        second.answer("light", FRESH, "Vary: X-Theme");

        dark.forEach(client -> assertThat(reply(client).body()).isEqualTo("dark"));
        light.forEach(client -> assertThat(reply(client).body()).isEqualTo("light"));
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    void oneWhoReadsNothingDelaysNobody() throws IOException {
        String body = "0123456789abcdef".repeat(MAX_OBJECT / 16);
        RawHttp slow = askByHand();
        Exchange exchange = origin.next();
        RawHttp fast = askByHand();
        awaitAboard(2);

        exchange.answer(body, FRESH);

        assertThat(fast.readUntil("\r\n\r\n" + body)).contains("200 OK");
        assertThat(slow.readUntil("\r\n\r\n" + body)).contains("200 OK");
        fast.close();
        slow.close();
    }

    @Test
    void aBodyThatOutgrowsItsBoundReachesItsReadersWholeAndIsNotStored() {
        String chunk = "0123456789abcdef".repeat(1024);
        List<CompletableFuture<HttpResponse<String>>> clients = ask(3);
        Exchange exchange = origin.next();
        awaitAboard(3);
        exchange.writeHead(FRESH, "Transfer-Encoding: chunked");

        int chunks = 8 * MAX_OBJECT / chunk.length();
        for (int i = 0; i < chunks; i++) {
            exchange.writeChunk(chunk);
        }
        exchange.writeChunk("");

        clients.forEach(client -> assertThat(reply(client).body()).isEqualTo(chunk.repeat(chunks)));
        CompletableFuture<HttpResponse<String>> next = gateway.getAsync(path);
        origin.next().answer("anew", FRESH);
        assertThat(reply(next).body()).isEqualTo("anew");
    }

    @Test
    void aBodyThatOutgrowsItsBoundAfterAllHaveLeftIsCancelled() throws IOException {
        RawHttp client = askByHand();
        Exchange exchange = origin.next();
        exchange.writeHead(FRESH, "Transfer-Encoding: chunked").writeChunk("first");
        client.readUntil("first");
        client.reset();
        awaitAboard(0);

        exchange.writeChunksUntilClosed("x".repeat(16 * 1024), 4096);
    }

    @Test
    void oneWhoStandsStillIsCutAndTheOthersGetAll() throws IOException {
        String chunk = "0123456789abcdef".repeat(4096);
        int chunks = 64 * MAX_OBJECT / chunk.length();
        RawHttp still = askByHand();
        Exchange exchange = origin.next();
        CompletableFuture<HttpResponse<String>> other = gateway.getAsync(path);
        awaitAboard(2);
        exchange.writeHead(FRESH, "Transfer-Encoding: chunked");

        for (int i = 0; i < chunks; i++) {
            exchange.writeChunk(chunk); // blocks for as long as the one holds all up
        }
        exchange.writeChunk("");

        assertThat(reply(other).body()).hasSize(chunks * chunk.length());
        still.close();
    }

    @Test
    void whoAsksAfterAPurgeGetsNothingFromBeforeIt() {
        CompletableFuture<HttpResponse<String>> early = gateway.getAsync(path);
        Exchange old = origin.next();
        assertThat(gateway.purge("{\"urls\":[\"" + gateway.url(path) + "\"]}").statusCode())
                .isEqualTo(200);
        CompletableFuture<HttpResponse<String>> late = gateway.getAsync(path);
        Exchange fresh = origin.next();

        fresh.answer("new", FRESH);
        assertThat(reply(late).body()).isEqualTo("new");
        old.answer("old", FRESH);

        assertThat(reply(early).body()).isEqualTo("old");
        assertStored("new");
    }

    @Test
    void aPurgeByATagThatOnlyTheHeadWillNameHoldsToo() {
        CompletableFuture<HttpResponse<String>> early = gateway.getAsync(path);
        Exchange old = origin.next();
        assertThat(gateway.purge("{\"tags\":[\"tag" + path + "\"]}").statusCode())
                .isEqualTo(200);
        CompletableFuture<HttpResponse<String>> late = gateway.getAsync(path);
        awaitAboard(2);

        old.answer("old", FRESH, "Surrogate-Key: tag" + path);
        assertThat(reply(early).body()).isEqualTo("old");
        origin.next().answer("new", FRESH, "Surrogate-Key: tag" + path);

        assertThat(reply(late).body()).isEqualTo("new");
        assertStored("new");
    }

    @Test
    void headAndConditionalRequestsShareTheFetch() throws IOException {
        RawHttp get = askByHand();
        Exchange exchange = origin.next();
        RawHttp head = new RawHttp(gateway.port())
                .send("HEAD " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port() + "\r\n\r\n");
        RawHttp conditional = new RawHttp(gateway.port())
                .send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port()
                        + "\r\nIf-None-Match: \"v1\"\r\n\r\n");
        awaitAboard(3);

        exchange.answer("body", FRESH, "ETag: \"v1\"");

        get.readUntil("body");
        assertThat(head.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200").containsIgnoringCase("content-length: 4");
        assertThat(conditional.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 304");
        assertThat(fetches()).isEqualTo(1);
        for (RawHttp client : List.of(get, head, conditional)) {
            client.close();
        }
    }

    @Test
    void aPostNeverJoins() throws IOException {
        RawHttp get = askByHand();
        Exchange first = origin.next();
        RawHttp post = new RawHttp(gateway.port())
                .send("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port()
                        + "\r\nContent-Length: 0\r\n\r\n");
        Exchange second = origin.next();
        assertThat(level("weir.flights.members")).isEqualTo(1);

        second.answer("posted", "Cache-Control: no-store");
        assertThat(post.readUntil("posted")).contains("fwd=method");
        first.answer("got", FRESH);

        get.readUntil("got");
        get.close();
        post.close();
    }

    @Test
    void anEndlessStreamIsPassedOnChunkByChunkUntilItsClientLeaves() throws IOException {
        RawHttp client = askByHand();
        Exchange exchange = origin.next();
        exchange.writeHead("Content-Type: text/event-stream", "Cache-Control: no-store", "Transfer-Encoding: chunked");
        for (int i = 0; i < 5; i++) {
            exchange.writeChunk("data: " + i + "\n\n");
            client.readUntil("data: " + i + "\n\n");
        }

        client.reset();

        exchange.awaitClosed();
    }

    /** More often than there are connections: each must come back. */
    @ParameterizedTest
    @ValueSource(strings = {"POST", "GET"})
    void exchangesThatClientsGiveUpCostNoConnection(String method) throws IOException {
        for (int i = 0; i < 2 * MAX_CONNECTIONS; i++) {
            RawHttp client = new RawHttp(gateway.port())
                    .send(method + " " + path + i + " HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port()
                            + "\r\nContent-Length: 0\r\n\r\n");
            Exchange exchange = origin.next();
            if (method.equals("GET") || i % 2 == 0) {
                exchange.writeHead("Cache-Control: no-store", "Content-Length: 100")
                        .write("a part");
                client.readUntil("a part");
            }
            client.reset();
            exchange.awaitClosed();
        }
        CompletableFuture<HttpResponse<String>> next = gateway.getAsync(path);
        origin.next().answer("fine", FRESH);
        assertThat(reply(next).body()).isEqualTo("fine");
    }

    private void assertStored(String body) {
        int so = origin.count();
        HttpResponse<String> hit = gateway.get(path);
        assertThat(hit.body()).isEqualTo(body);
        assertThat(status(hit)).startsWith("weir; hit");
        assertThat(origin.count()).isEqualTo(so);
    }
}
