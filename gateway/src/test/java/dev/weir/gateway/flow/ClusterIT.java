package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.purge.PurgeLog;
import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.RawHttp;
import dev.weir.gateway.testkit.RedisServer;
import dev.weir.gateway.testkit.ScriptedOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas on one Redis. */
class ClusterIT {

    /** Generous, since a look-up on a busy machine that takes longer is a miss by design. */
    private static final String BUDGET = "redis.budget=1s";

    private RedisServer redis;
    private ScriptedOrigin origin;
    private GatewayUnderTest one;
    private GatewayUnderTest two;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        origin = new ScriptedOrigin();
        one = GatewayUnderTest.inFrontOf(origin, "redis.uri=" + redis.uri(), BUDGET, "replica.id=one");
        two = GatewayUnderTest.inFrontOf(origin, "redis.uri=" + redis.uri(), BUDGET, "replica.id=two");
        awaitStanding(one);
        awaitStanding(two);
        awaitWrites();
    }

    /** A write that finds its connection not up yet is dropped, by design: until one has arrived, none is relied on. */
    private void awaitWrites() {
        AtomicInteger attempt = new AtomicInteger();
        Eventually.isTrue(() -> {
            String path = "/written-" + attempt.incrementAndGet();
            page(path, "public, max-age=600");
            asked(one, path);
            return Eventually.isTrueWithin(
                    Duration.ofSeconds(1), () -> explained(two, path).contains("\"redis\" : [ {"));
        });
    }

    private static String explained(GatewayUnderTest gateway, String path) {
        return gateway.manage("GET", "/explain?url=http://site.example" + path, null)
                .body();
    }

    @AfterEach
    void stop() {
        two.close();
        one.close();
        origin.close();
        redis.close();
    }

    private static void awaitStanding(GatewayUnderTest gateway) {
        Eventually.isTrue(() -> gateway.bean(PurgeLog.class).standing().holdsAt(System.nanoTime()));
    }

    private void page(String path, String control) {
        origin.on(path, (request, response) -> {
            String version = "v" + origin.count(path);
            return ScriptedOrigin.text(
                    response, version, "Cache-Control", control, "ETag", '"' + version + '"', "Surrogate-Key", "page");
        });
    }

    @Test
    void aPageFetchedByOneIsAHitAtTheOther() {
        page("/shared", "public, max-age=600");
        assertThat(asked(one, "/shared")).isEqualTo("v1");

        String reply = Eventually.get(() -> reply(two, "/shared"), text -> text.contains("detail=redis"));

        assertThat(reply).contains("weir; hit").contains("v1").contains("\r\nAge: ");
        assertThat(reply(two, "/shared")).contains("detail=memory");
        assertThat(origin.count("/shared")).isEqualTo(1);
    }

    @Test
    void aPurgeAcknowledgedByOneIsGoneAtTheOther() {
        page("/purged", "public, max-age=600");
        asked(one, "/purged");
        asked(two, "/purged");
        int before = origin.count("/purged");

        HttpResponse<String> answer = one.purge("{\"tags\": [\"page\"]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"one/", "\"two/").doesNotContain("open");
        assertThat(asked(two, "/purged")).isEqualTo("v" + (before + 1));
        assertThat(asked(one, "/purged")).isNotEqualTo("v" + before);
    }

    @Test
    void onlyIfCachedLooksIntoRedisToo() {
        page("/only", "public, max-age=600");
        assertThat(send(two, "GET", "/only", "Cache-Control: only-if-cached\r\n"))
                .startsWith("HTTP/1.1 504");
        asked(one, "/only");
        Eventually.isTrue(() -> explained(two, "/only").contains("\"redis\" : [ {"));

        String reply = send(two, "GET", "/only", "Cache-Control: only-if-cached\r\n");

        assertThat(reply).startsWith("HTTP/1.1 200").contains("detail=redis").endsWith("v1");
        assertThat(origin.count("/only")).isEqualTo(1);
    }

    @Test
    void whatA304MakesPrivateIsNotReadFromRedisByOthers() {
        origin.on("/withdrawn", (request, response) -> {
            boolean asked = request.requestHeaders().contains("If-None-Match");
            response.header("ETag", "\"a\"").header("Cache-Control", asked ? "private" : "max-age=600");
            return asked
                    ? response.status(304).send()
                    : ScriptedOrigin.text(response, "v" + origin.count("/withdrawn"));
        });
        asked(one, "/withdrawn");
        Eventually.isTrue(() -> explained(two, "/withdrawn").contains("\"redis\" : [ {"));

        assertThat(send(one, "GET", "/withdrawn", "Cache-Control: no-cache\r\n"))
                .endsWith("v1");

        Eventually.get(() -> asked(two, "/withdrawn"), text -> text.equals("v3"));
        assertThat(asked(one, "/withdrawn")).isNotEqualTo("v1");
    }

    @Test
    void aWriteThroughOneIsSeenThroughTheOther() {
        page("/written", "public, max-age=600");
        asked(one, "/written");
        asked(two, "/written");
        String old = asked(two, "/written");

        send(one, "POST", "/written");

        Eventually.get(() -> asked(two, "/written"), text -> !text.equals(old));
    }

    @Test
    void withRedisGoneEachGoesOnAlone() {
        page("/alone", "public, max-age=600");
        asked(one, "/alone");
        redis.stop();

        assertThat(asked(one, "/alone")).startsWith("v");
        page("/alone2", "public, max-age=600");
        assertThat(asked(two, "/alone2")).startsWith("v");
        HttpResponse<String> purge = one.purge("{\"tags\": [\"page\"]}");
        assertThat(purge.statusCode()).isEqualTo(503);
        assertThat(purge.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void aPurgeThatCouldNotBeRecordedHoldsHereAtLeast() {
        page("/local", "public, max-age=600");
        assertThat(asked(one, "/local")).isEqualTo("v1");
        redis.stop();

        assertThat(one.purge("{\"tags\": [\"page\"]}").statusCode()).isEqualTo(503);

        assertThat(asked(one, "/local")).isEqualTo("v2");
    }

    @Test
    void aRedisThatComesBackEmptyBringsNothingOldBack() {
        page("/reborn", "public, max-age=600");
        asked(one, "/reborn");
        String run = one.bean(PurgeLog.class).standing().run();
        redis.restartEmpty();
        Eventually.isTrue(() -> !one.bean(PurgeLog.class).standing().run().equals(run));
        awaitStanding(one);

        // Fetched under a run of the log that is over: to be validated before use, although it is fresh.
        assertThat(asked(one, "/reborn")).isEqualTo("v2");
        assertThat(asked(one, "/reborn")).isEqualTo("v2");
    }

    @Test
    void theReplicasKnowEachOther() {
        String replicas = Eventually.get(
                () -> one.manage("GET", "/replicas", null).body(),
                text -> text.contains("two/") && text.contains("one/"));
        assertThat(replicas).containsPattern("\"standing\" *: *true").doesNotContain("\"ms\"");
    }

    private static String asked(GatewayUnderTest gateway, String path) {
        String reply = reply(gateway, path);
        return reply.substring(reply.indexOf("\r\n\r\n") + 4);
    }

    /** Head and body as text. Both replicas are asked under one name, since the host is part of the key. */
    private static String reply(GatewayUnderTest gateway, String path) {
        return send(gateway, "GET", path);
    }

    private static String send(GatewayUnderTest gateway, String method, String path) {
        return send(gateway, method, path, "");
    }

    private static String send(GatewayUnderTest gateway, String method, String path, String fields) {
        try (RawHttp http = new RawHttp(gateway.port())) {
            return http.send(method + " " + path + " HTTP/1.1\r\nHost: site.example\r\nConnection: close\r\n" + fields
                            + "\r\n")
                    .readToEnd();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
