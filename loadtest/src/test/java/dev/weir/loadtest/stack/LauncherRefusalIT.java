package dev.weir.loadtest.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadtest.rig.Checkout;
import dev.weir.loadtest.rig.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** What {@code ./weir} refuses before it builds or starts anything. */
@Timeout(60)
class LauncherRefusalIT {
    @TempDir
    Path folder;

    private Children children;

    @BeforeEach
    void prepare() {
        children = new Children(folder);
    }

    @AfterEach
    void endAll() {
        children.close();
    }

    @Test
    void aFlagWithAValue() throws InterruptedException {
        assertThat(weir(Map.of(), "up", "--no-redis=x")).isEqualTo(2);
        assertThat(output()).contains("--no-redis takes no value");
        assertThat(weir(Map.of(), "purge", "--all=x")).isEqualTo(2);
        assertThat(output()).contains("--all takes no value");
    }

    @Test
    void severalGatewaysWithoutRedis() throws InterruptedException {
        assertThat(weir(Map.of(), "up", "--replicas", "2", "--no-redis")).isEqualTo(2);
        assertThat(output()).contains("--no-redis goes with one gateway only");
    }

    @Test
    void anAddressOfRedisThatIsNone_withoutShowingItsPassword() throws InterruptedException {
        assertThat(weir(Map.of("WEIR_REDIS_URI", "http://me:pass/wo@rd@host"), "up"))
                .isEqualTo(2);
        assertThat(output())
                .contains("WEIR_REDIS_URI takes a URI", "http://***@host")
                .doesNotContain("pass", "rd@");
    }

    @Test
    void helpOfTheLoadTestNeedsNoBuild() throws InterruptedException {
        assertThat(weir(Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", "/nonexistent"), "load", "--help"))
                .isZero();
        assertThat(output())
                .startsWith("usage: ./weir load")
                .contains("--origin-limit N")
                .doesNotContain("\"\"\"");
    }

    @Test
    void conformanceWithoutNode() throws IOException, InterruptedException {
        Path tools = Files.createDirectory(folder.resolve("bin")); // what the launcher needs, and no Node.js
        for (String tool : List.of("bash", "dirname", "head", "sed", "cut")) {
            Path real = Stream.of("/usr/bin", "/bin")
                    .map(place -> Path.of(place, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(tools.resolve(tool), real);
        }

        assertThat(weir(Map.of("PATH", tools.toString(), "JAVA_HOME", System.getProperty("java.home")), "conformance"))
                .isEqualTo(1);
        assertThat(output().lines())
                .containsExactly("weir: node is not on the PATH: install Node.js 18 or later to run the suite");
    }

    private int weir(Map<String, String> more, String... arguments) throws InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Checkout.root().resolve("weir").toString()));
        command.addAll(List.of(arguments));
        Map<String, String> variables = new HashMap<>(more);
        variables.put("WEIR_STATE", folder.resolve("state").toString());
        Process process = children.start("weir", variables, command);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String output() {
        return children.logText("weir");
    }
}
