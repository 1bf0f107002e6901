package dev.weir.blog.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
    private final Markdown markdown = new Markdown();

    @Test
    void showsRawHtmlAsText() {
        String html = markdown.render("a <b onclick=x>c</b>\n\n<script>alert(1)</script>\n")
                .html();
        assertThat(html).doesNotContain("<script").doesNotContain("<b ").contains("&lt;script&gt;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "&#106;avascript:alert(1)"
            })
    void emptiesLinksAndImagesOfOtherSchemes(String target) {
        assertThat(markdown.render("[a](" + target + ")").html()).contains("href=\"\"");
        assertThat(markdown.render("![a](" + target + ")").html()).contains("src=\"\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/", "http://example.org/", "mailto:a@example.org", "/blog/x", "#y"})
    void keepsOrdinaryLinks(String target) {
        assertThat(markdown.render("[a](" + target + ")").html())
                .isEqualTo("<p><a href=\"" + target + "\">a</a></p>\n");
    }

    @Test
    void givesEveryHeadingItsOwnAnchor() {
        Article article = markdown.render("## A `b` & c\n### Ä *d*\n## A b c\n##  \n# Top\n## Top\n");
        assertThat(article.outline())
                .containsExactly(
                        new Heading(2, "a-b-c", "A b & c"),
                        new Heading(3, "ä-d", "Ä d"),
                        new Heading(2, "a-b-c-2", "A b c"),
                        new Heading(2, "section", ""),
                        new Heading(2, "top-2", "Top"));
        assertThat(article.html()).contains("<h2 id=\"a-b-c\">", "<h2 id=\"a-b-c-2\">", "<h1 id=\"top\">");
    }

    @Test
    void rendersTablesAndScrollableCode() {
        String html = markdown.render("| a | b |\n|---|---|\n| 1 | 2 |\n\n```http\nA: <b>\n```\n")
                .html();
        assertThat(html).contains("<td>1</td>", "<pre tabindex=\"0\">", "class=\"language-http\"", "A: &lt;b&gt;");
    }
}
