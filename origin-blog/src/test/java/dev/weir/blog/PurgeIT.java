package dev.weir.blog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.blog.ScriptedGateway.Purge;
import dev.weir.blog.reload.Reloader.Outcome;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurgeIT {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        RunningBlog.write(folder, "one", "One", "Old");
        RunningBlog.write(folder, "two", "Two", "Body");
    }

    @Test
    void repeatsUnderTheSameIdUntilApplied() throws Exception {
        try (ScriptedGateway gateway = new ScriptedGateway(503, 202, 200);
                RunningBlog blog = start(gateway.url())) {
            RunningBlog.write(folder, "one", "One", "New");
            assertThat(blog.reloader().reload()).isEqualTo(Outcome.CHANGED);
            Purge first = gateway.next();
            assertThat(first.method() + " " + first.path()).isEqualTo("POST /purge");
            assertThat(first.authorization()).isEqualTo("Bearer secret-key");
            assertThat(first.body())
                    .contains("\"mode\":\"validate\"", "\"tags\":[\"post:one\"]", "\"reason\":\"blog reload\"");
            assertThat(gateway.next()).isEqualTo(first);
            assertThat(gateway.next()).isEqualTo(first);
            awaitHealth(blog, "\"pending\":0");
            assertThat(blog.get("/actuator/health").body())
                    .contains("lastSuccess")
                    .doesNotContain("lastError", "secret-key");
            assertThat(gateway.waiting()).isZero();
        }
    }

    @Test
    void sendsNothingIfNothingChanged() throws Exception {
        try (ScriptedGateway gateway = new ScriptedGateway();
                RunningBlog blog = start(gateway.url())) {
            assertThat(blog.reloader().reload()).isEqualTo(Outcome.UNCHANGED);
            Files.writeString(folder.resolve("bad.md"), "bad");
            assertThat(blog.reloader().reload()).isEqualTo(Outcome.REFUSED);
            Files.delete(folder.resolve("bad.md"));
            RunningBlog.write(folder, "one", "One", "New");
            assertThat(blog.reloader().reload()).isEqualTo(Outcome.CHANGED);
            assertThat(gateway.next().body()).contains("post:one");
            assertThat(gateway.waiting()).isZero();
        }
    }

    @Test
    void keepsTheOrderAndStaysReadyWhileTheGatewayIsAway() throws Exception {
        try (ScriptedGateway gateway = new ScriptedGateway(503, 503, 503);
                RunningBlog blog = start(gateway.url())) {
            RunningBlog.write(folder, "one", "One", "New");
            blog.reloader().reload();
            RunningBlog.write(folder, "two", "Two", "New");
            blog.reloader().reload();
            Purge first = gateway.next();
            assertThat(blog.get("/actuator/health").body()).contains("\"pending\":2");
            assertThat(blog.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
            assertThat(gateway.next()).isEqualTo(first);
            assertThat(gateway.next()).isEqualTo(first);
            assertThat(gateway.next()).isEqualTo(first);
            Purge second = gateway.next();
            assertThat(second.body()).contains("\"tags\":[\"post:two\"]");
            assertThat(second.id()).isNotEqualTo(first.id());
        }
    }

    @Test
    void givesUpWhatIsRefusedAndIsDownUntilTheNextSuccess() throws Exception {
        try (ScriptedGateway gateway = new ScriptedGateway(401);
                RunningBlog blog = start(gateway.url())) {
            RunningBlog.write(folder, "one", "One", "New");
            blog.reloader().reload();
            gateway.next();
            awaitHealth(blog, "\"status\":\"DOWN\"");
            assertThat(blog.get("/actuator/health").body()).contains("answered 401", "\"pending\":0");
            assertThat(blog.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
            RunningBlog.write(folder, "two", "Two", "New");
            blog.reloader().reload();
            assertThat(gateway.next().body()).contains("post:two");
            awaitHealth(blog, "lastSuccess");
            assertThat(blog.get("/actuator/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void asksTheNextAddressIfOneIsGone() throws Exception {
        try (ServerSocket closed = new ServerSocket(0)) {
            int port = closed.getLocalPort();
            closed.close();
            try (ScriptedGateway gateway = new ScriptedGateway();
                    RunningBlog blog = start("http://127.0.0.1:" + port + " , " + gateway.url() + "/")) {
                RunningBlog.write(folder, "one", "One", "New");
                blog.reloader().reload();
                assertThat(gateway.next().path()).isEqualTo("/purge");
                awaitHealth(blog, "\"pending\":0");
            }
        }
    }

    @Test
    void deliversWhatIsPendingBeforeItStops() throws Exception {
        try (ScriptedGateway gateway = new ScriptedGateway(503)) {
            try (RunningBlog blog = start(gateway.url())) {
                RunningBlog.write(folder, "one", "One", "New");
                blog.reloader().reload();
                gateway.next();
            }
            assertThat(gateway.waiting()).isEqualTo(1);
        }
    }

    private RunningBlog start(String urls) {
        return RunningBlog.start(folder, "--WEIR_PURGE_URLS=" + urls, "--WEIR_ADMIN_KEY=secret-key");
    }

    /** The gateway's answer and the emitter's note of it are two moments, with no event between them to wait for. */
    private static void awaitHealth(RunningBlog blog, String text) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!blog.get("/actuator/health").body().contains(text)) {
            assertThat(Instant.now()).as("waiting for " + text).isBefore(end);
            Thread.onSpinWait();
        }
    }
}
