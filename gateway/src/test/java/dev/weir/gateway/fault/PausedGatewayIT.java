package dev.weir.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.GuardedProcess;
import dev.weir.gateway.testkit.RawHttp;
import dev.weir.gateway.testkit.RedisServer;
import dev.weir.gateway.wiring.Weir;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway whose process stands still (SIGSTOP) while a purge is answered 200: the first thing that it does when it goes
 * on must not be to serve what it had. A process of its own, since this one can't be stopped.
 */
class PausedGatewayIT {

    private final RedisServer redis = RedisServer.start();
    private final Editions origin = new Editions();
    private final Replica near = new Replica(GatewayUnderTest.start(
            NearAndFar.routesTo(origin),
            "redis.uri=" + redis.uri(),
            "redis.budget=500ms",
            "isolation.max-age=1s",
            "replica.id=near"));
    private final int port = RedisServer.freePort();
    private final GuardedProcess paused;

    PausedGatewayIT(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("routes.yaml"), NearAndFar.routesTo(origin));
        paused = GuardedProcess.start(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Weir.class.getName(),
                "--config=" + directory,
                "--weir.port=" + port,
                "--weir.management.port=0",
                "--weir.redis.uri=" + redis.uri(),
                "--weir.isolation.max-age=1s",
                "--weir.replica.id=paused"));
        near.awaitStanding();
        origin.publish("/up", "up");
        // A cold JVM on a busy machine takes longer than one wait
        assertThat(Eventually.isTrueWithin(Duration.ofSeconds(60), this::isUp)).isTrue();
    }

    private boolean isUp() {
        try {
            return asked("/up").equals("up")
                    && NearAndFar.status(
                                    near.gateway()
                                            .manage("GET", "/replicas", null)
                                            .body(),
                                    "paused")
                            .equals("applied");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    @AfterEach
    void stop() {
        paused.close();
        near.close();
        origin.close();
        redis.close();
    }

    private String asked(String path) {
        return Replica.body(Replica.replyFrom(port, path));
    }

    private RawHttp sent(String path) throws IOException {
        return new RawHttp(port).send("GET " + path + " HTTP/1.1\r\nHost: site.example\r\nConnection: close\r\n\r\n");
    }

    @Test
    void itsFirstAnswerIsNotTheOldPage() throws IOException {
        origin.publish("/held", "old");
        assertThat(asked("/held")).isEqualTo("old");
        origin.publish("/patient/flown", "old");
        origin.hold("/patient/flown");
        CompletableFuture<String> early = CompletableFuture.supplyAsync(() -> asked("/patient/flown"));
        origin.awaitAsked("/patient/flown", 1);

        paused.freeze();
        origin.publish("/held", "new");
        origin.publish("/patient/flown", "new");
        CompletableFuture<Void> release = origin.answerOthers("/patient/flown");
        String answer = Eventually.get(
                        () -> near.purge("paused", "validate", "9s", "/held", "/patient/flown"),
                        purge -> purge.statusCode() == 200)
                .body();
        assertThat(NearAndFar.status(answer, "paused")).isEqualTo("fenced");

        // Both wait in its sockets when it goes on, and so does the answer to the one that it had asked before
        try (RawHttp held = sent("/held");
                RawHttp flown = sent("/patient/flown")) {
            release.complete(null);
            redis.freeze(); // or it may hear of the purge sooner than it reads what was asked
            paused.thaw();

            assertThat(Replica.body(held.readToEnd())).isEqualTo("new");
            assertThat(Replica.body(flown.readToEnd())).isEqualTo("new");
        } finally {
            redis.thaw();
        }
        assertThat(early.join()).isIn("old", "new");
        assertThat(asked("/patient/flown")).isEqualTo("new");
    }
}
