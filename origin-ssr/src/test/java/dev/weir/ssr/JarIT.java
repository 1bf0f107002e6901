package dev.weir.ssr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The jar as it is shipped, run as a process. */
@Timeout(120)
class JarIT {
    private static final Pattern LISTENS = Pattern.compile("Netty started on port (\\d+)");

    private static Process run(Map<String, String> environment, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                "target/weir-origin-ssr.jar");
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("java -jar serves rendered pages, and ends in order on SIGTERM")
    void serves() throws Exception {
        Process process = run(Map.of("SSR_PORT", "0", "SSR_ISOLATES", "1"));
        try (BufferedReader output = output(process)) {
            int port = output.lines()
                    .map(LISTENS::matcher)
                    .filter(Matcher::find)
                    .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                    .findFirst()
                    .orElseThrow();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/spells"))
                    .build();

            assertThat(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.ofString())
                            .body())
                    .contains("Bee Parliament");
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @DisplayName("a port in use is one line and a status other than 0")
    void portInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            Process process = run(Map.of("SSR_PORT", port, "SSR_ISOLATES", "1", "LOGGING_LEVEL_ROOT", "warn"));
            List<String> lines = output(process).lines().toList();

            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(lines)
                    .containsExactly(
                            "weir-origin-ssr does not start: port " + port + " is in use (SSR_PORT chooses another)");
        }
    }

    @Test
    @DisplayName("--help names every setting")
    void help() throws Exception {
        Process process = run(Map.of(), "--help");
        String text = String.join("\n", output(process).lines().toList());

        assertThat(process.waitFor()).isZero();
        assertThat(text).contains("SSR_PORT", "SSR_QUEUE", "SSR_DATABASE_URL", "WEIR_PURGE_URLS", "WEIR_ADMIN_KEY");
    }
}
