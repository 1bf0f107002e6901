package dev.weir.loadtest.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadtest.LoadTestRun;
import dev.weir.loadtest.rig.Checkout;
import dev.weir.loadtest.rig.Children;
import dev.weir.loadtest.rig.Eventually;
import dev.weir.loadtest.rig.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./weir} as a user runs it, with ports and a state folder of its own so that it meets no other stack. */
@Timeout(400)
class LauncherIT {
    private static final Duration START_BOUND = Duration.ofMinutes(4);
    private static final int STOP_BOUND_SECONDS = 60;

    @TempDir
    Path folder;

    private final int port = Ports.freeWith(1, 2, 1_000);
    private final List<ProcessHandle> family = new ArrayList<>();
    private Children children;

    @BeforeEach
    void prepare() {
        children = new Children(folder);
    }

    @AfterEach
    void endAll() {
        children.close();
        family.forEach(ProcessHandle::destroyForcibly); // those that a broken launcher would have left
    }

    @Test
    void upServesTakesOnePurgeAndLeavesNothingBehind() throws InterruptedException {
        Process up = weir("up", upOptions());
        Eventually.await(START_BOUND, () -> output("up").contains("Weir is up") || !up.isAlive(), () -> output("up"));
        assertThat(output("up")).contains("http://127.0.0.1:" + port + "/blog/", "./weir down");
        family.addAll(up.descendants().toList());
        assertThat(family).as("redis, blog, ssr, gateway").hasSizeGreaterThanOrEqualTo(4);

        assertThat(finished("status")).as(output("status")).isZero();
        assertThat(finished("again", "up")).as("a second up").isEqualTo(1);
        assertThat(output("again")).contains("already runs in this checkout");
        assertThat(LoadTestRun.herd("http://127.0.0.1:" + port, origins(), 200)).isZero();
        assertThat(finished("purge", "purge", "--prefix", "/blog/", "--reason", "a \"quoted\" word"))
                .as(output("purge"))
                .isZero();

        up.destroy(); // SIGTERM
        assertThat(up.waitFor(STOP_BOUND_SECONDS, TimeUnit.SECONDS))
                .as(output("up"))
                .isTrue();
        assertThat(up.exitValue()).isZero();
        assertNothingLeft();
    }

    @Test
    void oneThatDiesTakesAllWithIt() throws InterruptedException {
        Process up = weir("up", upOptions());
        Eventually.await(START_BOUND, () -> output("up").contains("Weir is up") || !up.isAlive(), () -> output("up"));
        family.addAll(up.descendants().toList());

        family.stream()
                .filter(process -> process.info().commandLine().orElse("").contains("weir-origin-blog.jar"))
                .forEach(ProcessHandle::destroyForcibly);

        assertThat(up.waitFor(STOP_BOUND_SECONDS, TimeUnit.SECONDS))
                .as(output("up"))
                .isTrue();
        assertThat(up.exitValue()).isEqualTo(1);
        assertThat(output("up")).contains("blog ended unexpectedly");
        assertNothingLeft();
    }

    @Test
    void aPortInUseIsSaidBeforeAnythingStarts() throws Exception {
        try (var taken = new java.net.ServerSocket(port + 1_000, 1, java.net.InetAddress.getLoopbackAddress())) {
            assertThat(finished("up", upOptions().toArray(String[]::new))).isEqualTo(1);
            assertThat(output("up")).contains("port " + taken.getLocalPort()).contains("nothing was started");
        }
    }

    private void assertNothingLeft() {
        // The launcher's own short-lived children may be in the list; those too must be gone.
        Eventually.await(
                Duration.ofSeconds(5),
                () -> family.stream().noneMatch(ProcessHandle::isAlive),
                () -> "left: "
                        + family.stream()
                                .filter(ProcessHandle::isAlive)
                                .map(ProcessHandle::info)
                                .toList());
        for (int distance : new int[] {0, 1, 2, 1_000}) {
            assertThat(Ports.isListening(port + distance))
                    .as("port " + (port + distance))
                    .isFalse();
        }
    }

    private List<String> upOptions() {
        return List.of("up", "--port=" + port, "--blog-port=" + (port + 1), "--ssr-port", Integer.toString(port + 2));
    }

    private List<String> origins() {
        return List.of("http://127.0.0.1:" + (port + 1), "http://127.0.0.1:" + (port + 2));
    }

    private Process weir(String name, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Checkout.root().resolve("weir").toString());
        command.addAll(arguments);
        Map<String, String> variables = Map.of(
                "WEIR_STATE",
                folder.resolve("state with a blank").toString(),
                "WEIR_JAVA_OPTS",
                "-Xmx256m -XX:TieredStopAtLevel=1");
        return children.start(name, variables, command);
    }

    /** Runs a command to its end; its output is kept under the given name. */
    private int finished(String name, String... arguments) throws InterruptedException {
        Process process = weir(name, arguments.length == 0 ? List.of(name) : List.of(arguments));
        assertThat(process.waitFor(STOP_BOUND_SECONDS, TimeUnit.SECONDS))
                .as(name + " ends")
                .isTrue();
        return process.exitValue();
    }

    private String output(String name) {
        return children.logText(name);
    }
}
