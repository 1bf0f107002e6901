package dev.weir.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("SIGHUP")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no SIGHUP")
class HangupIT {

    @TempDir
    private Path directory;

    private static void hangUp() throws Exception {
        Process kill = new ProcessBuilder(
                        "kill", "-HUP", Long.toString(ProcessHandle.current().pid()))
                .start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }

    @Test
    @DisplayName("reloads the routes, again and again, and the process lives on")
    void reloads() throws Exception {
        Path file = directory.resolve("routes.yaml");
        Files.writeString(file, routes("first"));
        BlockingQueue<Reload> reloads = new LinkedBlockingQueue<>();
        try (RouteWatcher watcher = RouteWatcher.open(file, Map.of(), Duration.ofHours(1));
                Hangup hangup = Hangup.runs(() -> reloads.add(watcher.reload()))) {
            assertThat(hangup).isNotNull();
            watcher.close();
            for (String id : new String[] {"second", "third"}) {
                Files.writeString(file, routes(id));
                hangUp();

                Reload reload = reloads.poll(20, TimeUnit.SECONDS);
                assertThat(reload).isNotNull();
                assertThat(reload.changes().routes().added()).containsExactly(id);
            }
        }
    }

    @Test
    @DisplayName("goes to the one before again once the action is closed, and an action that throws ends nothing")
    void isGivenBack() throws Exception {
        BlockingQueue<String> calls = new LinkedBlockingQueue<>();
        try (Hangup outer = Hangup.runs(() -> calls.add("outer"))) {
            assertThat(outer).isNotNull();
            try (Hangup inner = Hangup.runs(() -> {
                calls.add("inner");
                throw new IllegalStateException("on purpose");
            })) {
                assertThat(inner).isNotNull();
                hangUp();
                assertThat(calls.poll(20, TimeUnit.SECONDS)).isEqualTo("inner");
            }
            hangUp();
            assertThat(calls.poll(20, TimeUnit.SECONDS)).isEqualTo("outer");
        }
    }

    private static String routes(String id) {
        return "routes: [{ id: " + id + ", match: { path: / }, redirect: { to: /blog/ } }]\n";
    }
}
