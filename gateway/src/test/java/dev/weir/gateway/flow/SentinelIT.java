package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.purge.PurgeLog;
import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.RedisServer;
import dev.weir.gateway.testkit.ScriptedOrigin;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas whose Redis is found through a Sentinel, which makes another server the master when that one dies. */
@Timeout(120)
class SentinelIT {

    private static final String PURGE = "{\"tags\":[\"page\"]}";

    private final AtomicInteger version = new AtomicInteger(1);
    private RedisServer master;
    private RedisServer other;
    private RedisServer sentinel;
    private ScriptedOrigin origin;
    private GatewayUnderTest one;
    private GatewayUnderTest two;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        master = RedisServer.start();
        other = RedisServer.start("--replicaof", "127.0.0.1 " + master.port());
        Eventually.isTrue(() -> master.command("WAIT 1 100").equals(":1"));
        sentinel = RedisServer.sentinelOf(master, folder);
        origin = new ScriptedOrigin();
        origin.on(
                "/page",
                (request, response) -> ScriptedOrigin.text(
                        response,
                        "v" + version.get(),
                        "Cache-Control",
                        "public, max-age=600",
                        "ETag",
                        "\"" + version.get() + '"',
                        "Surrogate-Key",
                        "page"));
        one = gateway("one");
        two = gateway("two");
    }

    private GatewayUnderTest gateway(String id) {
        return GatewayUnderTest.inFrontOf(
                        origin,
                        "redis.uri=redis-sentinel://127.0.0.1:" + sentinel.port() + "#weir",
                        "redis.budget=1s",
                        "isolation.max-age=2s",
                        "replica.id=" + id)
                .awaitReady();
    }

    @AfterEach
    void stop() {
        two.close();
        one.close();
        origin.close();
        sentinel.close();
        other.close();
        master.close();
    }

    private static String run(GatewayUnderTest gateway) {
        return gateway.bean(PurgeLog.class).standing().run();
    }

    private static boolean stands(GatewayUnderTest gateway) {
        return gateway.bean(PurgeLog.class).standing().holdsAt(System.nanoTime());
    }

    private void failOver() {
        String before = run(one);
        master.close();
        other.thaw();
        for (GatewayUnderTest each : new GatewayUnderTest[] {one, two}) {
            Eventually.isTrue(() -> stands(each) && !run(each).equals(before));
        }
    }

    @Test
    void aPurgeThatTheNewMasterNeverHeardOfStaysInForce() {
        assertThat(one.get("/page").body()).isEqualTo("v1");
        assertThat(two.get("/page").body()).isEqualTo("v1");
        awaitCopied();
        other.freeze(); // from here on what the master is told is lost with it

        version.incrementAndGet();
        HttpResponse<String> purged = one.purge(PURGE);
        assertThat(purged.statusCode()).as(purged.body()).isEqualTo(200);
        failOver();

        assertThat(one.get("/page").body()).isEqualTo("v2");
        assertThat(two.get("/page").body()).isEqualTo("v2");
    }

    @Test
    void purgesGoOnAtTheNewMaster() {
        assertThat(one.get("/page").body()).isEqualTo("v1");
        awaitCopied();
        failOver();
        assertThat(two.get("/page").body()).isEqualTo("v1");

        version.incrementAndGet();
        HttpResponse<String> purged = two.purge(PURGE);
        assertThat(purged.statusCode()).as(purged.body()).isEqualTo(200);

        assertThat(one.get("/page").body()).isEqualTo("v2");
        assertThat(two.get("/page").body()).isEqualTo("v2");
    }

    /** All that the master has been told so far is known to the other. */
    private void awaitCopied() {
        Eventually.isTrue(() -> master.command("WAIT 1 100").equals(":1"));
    }
}
