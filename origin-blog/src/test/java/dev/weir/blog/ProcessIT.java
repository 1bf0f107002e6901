package dev.weir.blog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar as a process of its own, with real signals. */
@Timeout(value = 90, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProcessIT {
    @TempDir
    Path folder;

    @Test
    void reloadsOnHangupAndStopsOnTerm() throws Exception {
        RunningBlog.write(folder, "one", "One", "Old");
        Process process = start(Map.of("BLOG_PORT", "0", "BLOG_CONTENT", folder.toString()));
        try (BufferedReader log = process.inputReader(StandardCharsets.UTF_8)) {
            String started = await(log, "started on port ");
            String base = "http://127.0.0.1:" + started.replaceAll(".*started on port (\\d+).*", "$1");
            assumeThat(started).as("SIGHUP is ignored here").doesNotContain("SIGHUP ignored");
            assertThat(get(base + "/blog/one")).contains("Old");
            RunningBlog.write(folder, "one", "One", "New");
            signal(process, "HUP");
            await(log, "changed: [post:one]");
            assertThat(get(base + "/blog/one")).contains("New");
            Files.writeString(folder.resolve("two.md"), "---\ntitle: x\nslag: y\n---\n");
            signal(process, "HUP");
            assertThat(await(log, "reload refused")).contains("two.md:3: unknown key \"slag\"");
            assertThat(get(base + "/blog/one")).contains("New");
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void saysInOneLineThatThePortIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = start(Map.of("BLOG_PORT", "" + taken.getLocalPort(), "BLOG_CONTENT", folder.toString()));
            assertThat(all(process))
                    .contains("weir-origin-blog cannot start: port " + taken.getLocalPort() + " is in use")
                    .doesNotContain("\tat ");
            assertThat(process.exitValue()).isEqualTo(1);
        }
    }

    @Test
    void refusesToStartWithMalformedContentOrSettings() throws Exception {
        Files.writeString(folder.resolve("bad.md"), "---\ntitle: x\n");
        Process process = start(Map.of("BLOG_PORT", "0", "BLOG_CONTENT", folder.toString()));
        assertThat(all(process)).contains("cannot start: bad.md:1: front matter is not closed");
        assertThat(process.exitValue()).isEqualTo(1);
        Process other = start(Map.of("BLOG_ENABLE_DRAFTS", "perhaps", "WEIR_ADMIN_KEY", "s3cret"));
        assertThat(all(other))
                .contains("cannot start: BLOG_ENABLE_DRAFTS is no flag (expected: true or false)")
                .doesNotContain("s3cret", "\tat ");
        assertThat(other.exitValue()).isEqualTo(1);
    }

    @Test
    void printsHelp() throws Exception {
        Process process = start(Map.of(), "--help");
        assertThat(all(process)).contains("BLOG_PORT", "BLOG_CONTENT", "BLOG_ENABLE_DRAFTS", "WEIR_PURGE_URLS");
        assertThat(process.exitValue()).isZero();
    }

    private static Process start(Map<String, String> settings, String... args) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-jar",
                Path.of("target", "weir-origin-blog.jar").toString());
        builder.command().addAll(List.of(args));
        builder.environment().keySet().removeIf(name -> name.startsWith("BLOG_") || name.startsWith("WEIR_"));
        builder.environment().putAll(settings);
        return builder.redirectErrorStream(true).start();
    }

    /** Everything up to and including the first line with the text. */
    private static String await(BufferedReader log, String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            seen.append(line).append(' ');
            if (line.contains(text)) {
                return seen.toString();
            }
        }
        throw new AssertionError("ended without \"" + text + "\": " + seen);
    }

    private static String all(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private static void signal(Process process, String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static String get(String uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
