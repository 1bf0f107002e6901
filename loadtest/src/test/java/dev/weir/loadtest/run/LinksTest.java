package dev.weir.loadtest.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class LinksTest {
    private static final URI PAGE = URI.create("http://127.0.0.1:8080/blog/tags/");

    @Test
    void staysOnTheServerAndDropsFragments() {
        String html = """
                <link rel="stylesheet" href="/blog/assets/site.css"> <script src='app.js?v=1&amp;w=2'></script>
                <a class=x href="../first-post#part">one</a> <a href="#top">top</a> <a href="?page=2">next</a>
                <a href="https://example.org/">away</a> <a href="//127.0.0.1:9/x">away</a> <a href="mailto:a@b.example">mail</a>
                <a href="http://[broken">broken</a> <p data-href="/no">no</p> <a HREF="http://127.0.0.1:8080">root</a>
                """;

        assertThat(Links.in(PAGE, html))
                .containsExactly(
                        "/blog/assets/site.css",
                        "/blog/tags/app.js?v=1&w=2",
                        "/blog/first-post",
                        "/blog/tags/",
                        "/blog/tags/?page=2",
                        "/");
    }
}
