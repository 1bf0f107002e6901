package dev.weir.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a routes file with random edits")
class MutatedRoutesTest {

    private static final int EDITS = 500;

    private static final String VALID = """
            origins:
              blog: &blog { urls: ["${BLOG:-http://127.0.0.1:8081}"], total-timeout: 30s, max-pending: 7 }
              ssr: *blog
            routes:
              - id: blog
                match: { path: "/blog/{id:[a-z]+}/**", host: example.org }
                origin: blog
                rewrite: { strip-prefix: /blog }
                cache: { enabled: true, ttl: 5m, max-object: 2MiB, stale-if-unreachable: 1h }
              - { id: home, match: { path: / }, redirect: { to: "/blog/?a=b", status: 308 } }
            """;

    private static final List<String> SNIPPETS = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ": ",
            "- ",
            "\n",
            "\n  ",
            "\t",
            "#",
            "&a ",
            "*a",
            "*blog",
            "<<: ",
            "!!",
            "!x ",
            "|",
            ">",
            "'",
            "\"",
            "\\",
            "%",
            "%YAML 1.1\n",
            "---\n",
            "...",
            "? ",
            "${",
            "${A}",
            "${BLOG}",
            "}",
            "~",
            "null",
            "9",
            "-1",
            "99999999999999999999",
            "/",
            "//",
            "**",
            "/**",
            "{*x}",
            "{a}",
            "http://",
            "@",
            "\u0000",
            "\uFEFF",
            "\u0085",
            "\uD83D\uDE00",
            "\uD83D",
            "ä",
            "\r",
            "origins:",
            "routes:",
            "id: x\n",
            "cache:",
            "0s",
            "GiB");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @DisplayName("gives a table or problems with a place, never an exception")
    void neverThrows(long seed) {
        Random random = new Random(seed);
        Stream.generate(() -> edited(random)).limit(EDITS).forEach(text -> {
            RouteFile.Parsed parsed = RouteFile.parse("routes.yaml", text, Map.of("BLOG", "http://127.0.0.1:1"));
            assertThat(parsed.table().isPresent())
                    .as("seed %s: %s", seed, text)
                    .isEqualTo(parsed.problems().isEmpty());
            // YAML 1.1 counts two more characters as line breaks
            long lines =
                    text.replace('\u0085', '\n').replace('\u2028', '\n').lines().count() + 1;
            assertThat(parsed.problems()).as("seed %s: %s", seed, text).allSatisfy(problem -> {
                assertThat(problem.line()).isBetween(1, (int) lines);
                assertThat(problem.column()).isPositive();
                assertThat(problem.toString().lines()).hasSize(1);
            });
        });
    }

    private static String edited(Random random) {
        StringBuilder text = new StringBuilder(VALID);
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
                case 2 -> text.replace(at, end, SNIPPETS.get(random.nextInt(SNIPPETS.size())));
                default -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
            }
        }
        return text.toString();
    }
}
