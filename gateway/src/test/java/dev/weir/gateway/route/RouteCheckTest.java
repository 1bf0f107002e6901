package dev.weir.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the offline check")
class RouteCheckTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int check(Path target) {
        return RouteCheck.run(
                target,
                Map.of("BLOG_URL", "http://127.0.0.1:9"),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("routes.yaml"), text);
    }

    @Test
    @DisplayName("shows a valid table as it would run")
    void showsAValidTable() throws Exception {
        Path file = write("""
                origins:
                  blog: { urls: ["${BLOG_URL}", "http://127.0.0.1:10"], total-timeout: 2m }
                routes:
                  - { id: off, match: { path: /off, host: example.org }, origin: blog, cache: { enabled: false } }
                  - id: blog
                    match: { path: "/blog/**" }
                    origin: blog
                    rewrite: { strip-prefix: /blog }
                    cache: { ttl: 90s, max-object: 512KiB, stale-if-unreachable: 0s }
                  - { id: plain, match: { path: /plain }, origin: blog }
                  - { id: home, match: { path: / }, redirect: { to: /blog/, status: 308 } }
                """);

        assertThat(check(directory)).isZero();

        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text.lines().findFirst().orElse("")).startsWith(file + ": valid, version ");
        assertThat(text.lines().skip(1))
                .containsExactly(
                        "",
                        "ROUTE  MATCH            ACTION                   CACHE",
                        "off    example.org/off  origin blog              off",
                        "blog   /blog/**         origin blog, less /blog  ttl 90s, up to 512KiB, stale if unreachable 0s",
                        "plain  /plain           origin blog              by response, up to 16MiB, stale if unreachable 1h",
                        "home   /                redirect 308 /blog/      -",
                        "",
                        "ORIGIN  URLS                                    TIMEOUTS                            CONNECTIONS",
                        "blog    http://127.0.0.1:9 http://127.0.0.1:10  connect 1s, response 10s, total 2m  256, 512 pending");
    }

    @Test
    @DisplayName("says all that is wrong, one problem a line, and fails")
    void saysAllThatIsWrong() throws Exception {
        Path file = write("routes:\n  - { id: a, match: { path: a }, origin: b }\n");

        assertThat(check(directory)).isEqualTo(1);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "routes.yaml:2:29: match.path: \"a\" (expected: a path pattern such as \"/blog/**\", starting with /)",
                        "routes.yaml:2:42: origin: \"b\" is no origin (expected: an entry below origins)",
                        file + ": 2 problems");
    }

    @Test
    @DisplayName("fails where there is no file, and takes a file for its directory")
    void failsWithoutAFile() throws Exception {
        assertThat(check(directory)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8).lines().findFirst())
                .contains("routes.yaml: not found (expected: a file at " + directory.resolve("routes.yaml") + ")");

        assertThat(check(write("routes: [{ id: a, match: { path: / }, redirect: { to: /b } }]")))
                .isZero();
    }

    @Test
    @DisplayName("tells bytes that are no text, and a file far too large, without reading on")
    void tellsUnreadableFiles() throws Exception {
        Files.write(directory.resolve("routes.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(check(directory)).isEqualTo(1);
        Files.write(directory.resolve("routes.yaml"), new byte[RouteFile.LARGEST + 1]);
        assertThat(check(directory)).isEqualTo(1);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("routes.yaml: not UTF-8 (expected: text in UTF-8)")
                .contains("routes.yaml: larger than 4MiB (expected: a smaller file)");
    }
}
