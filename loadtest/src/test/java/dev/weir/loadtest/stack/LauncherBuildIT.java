package dev.weir.loadtest.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadtest.rig.Checkout;
import dev.weir.loadtest.rig.Children;
import dev.weir.loadtest.rig.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds of several {@code ./weir} in one checkout. The launcher is the real one, in a copied checkout without modules;
 * {@code mvn} and {@code java} are scripts there, because what matters is only when they run and who ends them.
 */
@Timeout(120)
class LauncherBuildIT {
    private static final Duration BOUND = Duration.ofSeconds(30);

    /** Says when it begins and ends, notes whom {@code up} watches meanwhile, and waits for a file named go. */
    private static final String MVN = """
            #!/usr/bin/env bash
            echo begin >>"$TRACE"
            [ -n "${FAILURE:-}" ] && { printf '%s' "$FAILURE"; exit 1; }
            while [ ! -e "$CHECKOUT/go" ]; do sleep 0.1; done
            cp "$WEIR_STATE/run/processes" "$CHECKOUT/watched"
            mkdir -p "$CHECKOUT/gateway/target/redis" && touch "$CHECKOUT/gateway/target/weir-gateway.jar"
            echo end >>"$TRACE"
            """;

    private static final String JAVA = """
            #!/usr/bin/env bash
            case $* in
              *-XshowSettings*) echo "    java.home = $JAVA_HOME" ;;
              -version) echo 'openjdk version "17.0.1"' >&2 ;;
              *) echo "checked" ;;
            esac
            """;

    @TempDir
    Path folder;

    private Children children;
    private Path root;
    private Path state;

    @BeforeEach
    void copyTheLauncher() throws IOException {
        children = new Children(folder);
        root = Files.createDirectories(folder.resolve("a checkout"));
        state = root.resolve("state");
        Files.createDirectories(root.resolve("launcher"));
        Files.createDirectories(root.resolve("config"));
        Files.createDirectories(state.resolve("run"));
        Files.copy(Checkout.root().resolve("weir"), root.resolve("weir"));
        try (Stream<Path> parts = Files.list(Checkout.root().resolve("launcher"))) {
            for (Path part : parts.toList()) {
                Files.copy(part, root.resolve("launcher").resolve(part.getFileName()));
            }
        }
        script("mvn", MVN);
        script("java", JAVA);
        script("javac", "");
        Files.writeString(state.resolve("run/processes"), "blog\t1\tmark\t8081\t-\n");
    }

    @AfterEach
    void endAll() {
        children.close();
    }

    @Test
    void aBuildIsNotAmongTheProcessesThatUpWatches() throws Exception {
        letBuildsEnd();
        Process check = check("check");

        assertThat(exit(check)).as(output("check")).isZero();
        assertThat(root.resolve("watched")).hasSameTextualContentAs(state.resolve("run/processes"));
        assertThat(state.resolve("run/processes")).hasContent("blog\t1\tmark\t8081\t-\n");
    }

    @Test
    void theSecondWaitsForTheFirstAndNeedNotBuildAgain() throws Exception {
        Process first = check("first");
        awaitTrace("begin");
        Process second = check("second");
        awaitOutput("second", "another ./weir builds (process " + first.pid() + "); waiting");
        letBuildsEnd();

        assertThat(exit(first)).as(output("first")).isZero();
        assertThat(exit(second)).as(output("second")).isZero();
        assertThat(output("second")).endsWith("checked\n");
        assertThat(trace()).containsExactly("begin", "end");
    }

    @Test
    void whoStopsWaitingDoesNotEndTheBuildOfTheOther() throws Exception {
        Process first = check("first");
        awaitTrace("begin");
        Process second = check("second");
        awaitOutput("second", "waiting");
        second.destroy();
        assertThat(exit(second)).isEqualTo(143);
        letBuildsEnd();

        assertThat(exit(first)).as(output("first")).isZero();
        assertThat(trace()).containsExactly("begin", "end");
    }

    @Test
    void afterOneWasKilledTheNextEndsItsMavenAndBuilds() throws Exception {
        Process first = check("first");
        awaitTrace("begin");
        Eventually.await(BOUND, () -> Files.exists(state.resolve("run/maven")), () -> output("first"));
        first.destroyForcibly().waitFor();
        Process second = check("second");
        Eventually.await(BOUND, () -> trace().size() == 2, () -> output("second"));
        letBuildsEnd();

        assertThat(exit(second)).as(output("second")).isZero();
        assertThat(trace()).containsExactly("begin", "begin", "end");
        assertThat(state.resolve("run/build.lock")).doesNotExist();
    }

    @Test
    void commandsDuringTheBuildOfUpSayThatWeirStillStarts() throws Exception {
        for (String file : List.of("gateway.yaml", "routes.yaml")) {
            Files.createFile(root.resolve("config").resolve(file));
        }
        weir("up", Map.of(), "up");
        awaitTrace("begin");

        for (String command : List.of("status", "explain /blog/", "purge --all", "load")) {
            String name = command.replaceAll("\\W", "-");
            assertThat(exit(weir(name, Map.of(), command.split(" "))))
                    .as(command)
                    .isEqualTo(1);
            assertThat(output(name)).contains("Weir is still starting");
        }
    }

    @Test
    void aFailedBuildShowsTheCompilersWarningsToo() throws Exception {
        String warning = "[WARNING] /a/B.java:[3,9] [removal] C has been deprecated";
        Process check = check("check", Map.of("FAILURE", warning + "\n[ERROR] warnings found and -Werror specified\n"));

        assertThat(exit(check)).isEqualTo(1);
        assertThat(output("check")).contains(warning, "[ERROR] warnings found", "the build failed");
    }

    private void script(String name, String text) throws IOException {
        Path file = Files.createDirectories(root.resolve("jdk/bin")).resolve(name);
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Process check(String name) {
        return check(name, Map.of());
    }

    private Process check(String name, Map<String, String> more) {
        return weir(name, more, "check");
    }

    private Process weir(String name, Map<String, String> more, String... arguments) {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("CHECKOUT", root.toString());
        variables.put("TRACE", root.resolve("trace").toString());
        variables.put("WEIR_STATE", state.toString());
        variables.put("JAVA_HOME", root.resolve("jdk").toString());
        variables.put("PATH", root.resolve("jdk/bin") + ":" + System.getenv("PATH"));
        List<String> command = new ArrayList<>(List.of(root.resolve("weir").toString()));
        command.addAll(List.of(arguments));
        return children.start(name, variables, command);
    }

    private int exit(Process process) throws InterruptedException {
        assertThat(process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private void letBuildsEnd() throws IOException {
        Files.createFile(root.resolve("go"));
    }

    private void awaitTrace(String line) {
        Eventually.await(BOUND, () -> trace().contains(line), () -> "no " + line);
    }

    private void awaitOutput(String name, String words) {
        Eventually.await(BOUND, () -> output(name).contains(words), () -> output(name));
    }

    private List<String> trace() {
        try {
            return Files.readAllLines(root.resolve("trace"));
        } catch (IOException notYet) {
            return List.of();
        }
    }

    private String output(String name) {
        return children.logText(name);
    }
}
