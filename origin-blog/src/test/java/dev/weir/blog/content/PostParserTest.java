package dev.weir.blog.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PostParserTest {
    private static final String GOOD = """
            ---
            title: "Fresh: until stale"
            slug: fresh-until-stale
            date: 2026-01-08
            author: The Weir project
            description: What it says.
            tags: [http, freshness]
            category: Foundations
            toc: true
            ---
            ## Body
            --- not a fence
            """;

    @Test
    void readsAllKeysAndTheBody() throws MalformedContent {
        Post post = PostParser.parse("a.md", GOOD);
        assertThat(post.front())
                .isEqualTo(new FrontMatter(
                        "Fresh: until stale",
                        "fresh-until-stale",
                        LocalDate.of(2026, 1, 8),
                        "The Weir project",
                        "What it says.",
                        List.of("http", "freshness"),
                        "Foundations",
                        true,
                        false));
        assertThat(post.markdown()).startsWith("## Body\n--- not a fence\n");
        assertThat(post.slugLine()).isEqualTo(3);
    }

    @Test
    void takesWindowsLineEndsAndAByteOrderMark() throws MalformedContent {
        Post post = PostParser.parse("a.md", "\uFEFF" + GOOD.replace("\n", "\r\n"));
        assertThat(post.slug()).isEqualTo("fresh-until-stale");
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("", 1, "front matter is missing"),
                Arguments.of("# Just text", 1, "front matter is missing"),
                Arguments.of("---\ntitle: x\n", 1, "not closed"),
                Arguments.of("---\n- a\n- b\n---\n", 2, "no list of keys"),
                Arguments.of("---\n---\n", 2, "no list of keys"),
                Arguments.of(without("slug"), 1, "key \"slug\" is missing"),
                Arguments.of(without("title"), 1, "key \"title\" is missing"),
                Arguments.of(without("date"), 1, "key \"date\" is missing"),
                Arguments.of(without("author"), 1, "key \"author\" is missing"),
                Arguments.of(without("description"), 1, "key \"description\" is missing"),
                Arguments.of(without("tags"), 1, "key \"tags\" is missing"),
                Arguments.of(without("category"), 1, "key \"category\" is missing"),
                Arguments.of(GOOD.replace("category:", "kategory:"), 8, "unknown key \"kategory\""),
                Arguments.of(GOOD.replace("toc: true", "title: again"), 9, "key \"title\" stands twice"),
                Arguments.of(GOOD.replace("toc: true", "toc: maybe"), 9, "\"maybe\" is no flag"),
                Arguments.of(GOOD.replace("toc: true", "draft: yes"), 9, "\"yes\" is no flag"),
                Arguments.of(GOOD.replace("2026-01-08", "2026-13-08"), 4, "\"2026-13-08\" is no date"),
                Arguments.of(GOOD.replace("2026-01-08", "2026-02-30"), 4, "\"2026-02-30\" is no date"),
                Arguments.of(GOOD.replace("2026-01-08", "soon"), 4, "\"soon\" is no date"),
                Arguments.of(GOOD.replace("fresh-until-stale", "Fresh_Until"), 3, "slug: \"Fresh_Until\""),
                Arguments.of(GOOD.replace("fresh-until-stale", "../../etc"), 3, "slug: \"../../etc\""),
                Arguments.of(GOOD.replace("fresh-until-stale", "tags"), 3, "reserved"),
                Arguments.of(GOOD.replace("fresh-until-stale", "a".repeat(101)), 3, "at most 100"),
                Arguments.of(GOOD.replace("[http, freshness]", "http"), 7, "a list of 1 to 20 tags"),
                Arguments.of(GOOD.replace("[http, freshness]", "[]"), 7, "a list of 1 to 20 tags"),
                Arguments.of(GOOD.replace("[http, freshness]", "[http, http]"), 7, "listed twice"),
                Arguments.of(GOOD.replace("[http, freshness]", "[Bad Tag]"), 7, "tags: \"Bad Tag\""),
                Arguments.of(GOOD.replace("[http, freshness]", "[[http]]"), 7, "tags: \"\""),
                Arguments.of(GOOD.replace("The Weir project", "\"  \""), 5, "author: expected: some text"),
                Arguments.of(GOOD.replace("The Weir project", "{a: b}"), 5, "author: expected: some text"),
                Arguments.of(GOOD.replace("What it says.", "\"a\\u0001b\""), 6, "control character"),
                Arguments.of(GOOD.replace("What it says.", "x".repeat(501)), 6, "at most 500"),
                Arguments.of(GOOD.replace("The Weir project", "\"open"), 10, "front matter is not YAML"),
                Arguments.of(GOOD.replace("author: The", "author: a: The"), 5, "front matter is not YAML"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesWithLineAndReason(String text, int line, String reason) {
        assertThatThrownBy(() -> PostParser.parse("a.md", text)).isInstanceOfSatisfying(MalformedContent.class, e -> {
            assertThat(e.problems()).hasSize(1);
            Problem problem = e.problems().get(0);
            assertThat(problem.reason()).contains(reason);
            assertThat(problem.line()).as(problem.toString()).isEqualTo(line);
            assertThat(problem.file()).isEqualTo("a.md");
        });
    }

    @Test
    void refusesYamlThatWouldMakeObjects() {
        String text = GOOD.replace("author: The Weir", "author: !!java.net.URL The Weir");
        assertThatThrownBy(() -> PostParser.parse("a.md", text))
                .hasMessageStartingWith("a.md:5: front matter is not YAML: Global tag is not allowed");
    }

    private static String without(String key) {
        return GOOD.replaceFirst("(?m)^" + key + ":.*\n", "");
    }
}
