package dev.weir.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.FaultProxy;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.RedisServer;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Two replicas on one Redis: one right beside it, the other one behind a network that a test can spoil. */
final class NearAndFar implements AutoCloseable {

    /** What tells the far one's connection to the log from its others. */
    static final String LOG = "{weir}:replicas";

    /** What tells those that wait for messages. */
    static final String CHANNELS = "SUBSCRIBE";

    private static final String ROUTES = """
            origins:
              site: { urls: ["%s"], connect-timeout: 2s, response-timeout: 30s }
            routes:
              - id: patient
                match: { path: "/patient/**" }
                origin: site
                coalesce: { wait: 30s, first-byte-budget: 30s }
              - id: site
                match: { path: "/**" }
                origin: site
                coalesce: { wait: 2s, first-byte-budget: 30s }
            """;

    private static final AtomicInteger PURGES = new AtomicInteger();

    final RedisServer redis;
    final Editions origin = new Editions();
    final FaultProxy network;
    final Replica near;
    final Replica far;

    /** With standing of one second. */
    NearAndFar() {
        this("1s");
    }

    NearAndFar(String maxAge) {
        redis = RedisServer.start();
        network = FaultProxy.to(redis.port(), LOG, CHANNELS);
        near = replica("near", redis.port(), maxAge);
        far = replica("far", network.port(), maxAge);
        awaitBoth();
        awaitWrites();
    }

    /** A further one. */
    Replica replica(String name, int redisPort, String maxAge) {
        return new Replica(GatewayUnderTest.start(
                ROUTES.formatted(origin.url()),
                "redis.uri=redis://127.0.0.1:" + redisPort,
                "redis.budget=500ms",
                "isolation.max-age=" + maxAge,
                "replica.id=" + name));
    }

    static String routesTo(Editions origin) {
        return ROUTES.formatted(origin.url());
    }

    /** Until both stand and the near one has read the far one's row: whom it never saw it can't wait for. */
    void awaitBoth() {
        near.awaitStanding();
        far.awaitStanding();
        Eventually.isTrue(() -> near.knows("far"));
    }

    /** A write that finds its connection not up yet is dropped, by design: until one has arrived, none is relied on. */
    private void awaitWrites() {
        AtomicInteger attempt = new AtomicInteger();
        Eventually.isTrue(() -> {
            String path = "/up-" + attempt.incrementAndGet();
            origin.publish(path, "up");
            near.asked(path);
            return far.seesInRedis(path);
        });
    }

    /** Purges pages by their tags through the near one until that is answered 200; returns what it answered. */
    String purged(String... paths) {
        return purgedAs("validate", paths);
    }

    String purgedAs(String mode, String... paths) {
        String id = "purge-" + PURGES.incrementAndGet();
        return Eventually.get(() -> near.purge(id, mode, "2s", paths), answer -> answer.statusCode() == 200)
                .body();
    }

    /** Purges without waiting for anybody; fails unless that is recorded and the far one is open. */
    void recorded(String path) {
        HttpResponse<String> answer = near.purge("purge-" + PURGES.incrementAndGet(), "validate", "0s", path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(status(answer.body(), "far")).isEqualTo("open");
    }

    /** What the answer to a purge says of that replica. */
    static String status(String answer, String replica) {
        var row = Pattern.compile("\"replica\" *: *\"" + replica + "/[^\"]*\",\\s*\"status\" *: *\"([a-z]+)\"")
                .matcher(answer);
        return row.find() ? row.group(1) : "not named in " + answer;
    }

    @Override
    public void close() {
        far.close();
        near.close();
        network.close();
        origin.close();
        redis.close();
    }
}
