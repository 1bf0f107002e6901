package dev.weir.blog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class PagesIT {
    private static final String FRESH = "public, max-age=60, stale-while-revalidate=30, stale-if-error=86400";
    private static RunningBlog blog;

    @BeforeAll
    static void start() {
        blog = RunningBlog.start(Path.of("content"));
    }

    @AfterAll
    static void stop() {
        blog.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/blog/", "/blog/?page=2", "/blog/?utm_source=x", "/blog/freshness", "/blog/tags/http"})
    void answersPages(String path) throws Exception {
        HttpResponse<String> page = blog.get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(field(page, "cache-control")).isEqualTo(FRESH);
        assertThat(field(page, "content-type")).isEqualTo("text/html;charset=utf-8");
        assertThat(field(page, "surrogate-key")).startsWith("blog ");
        assertThat(field(page, "etag")).startsWith("\"");
        assertThat(field(page, "date")).endsWith("GMT");
        assertThat(field(page, "content-security-policy")).startsWith("default-src 'none'");
        assertThat(page.body())
                .startsWith("<!doctype html>\n<html lang=\"en\">")
                .contains(
                        "<meta name=\"description\"",
                        "rel=\"canonical\"",
                        "application/atom+xml",
                        "<main id=\"main\">");
    }

    @Test
    void ignoresUnknownParameters() throws Exception {
        assertThat(blog.get("/blog/freshness?utm=1&x").body())
                .isEqualTo(blog.get("/blog/freshness").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/blog/", "/blog/freshness", "/blog/feed.xml"})
    void answers304WithAllThatACacheNeeds(String path) throws Exception {
        HttpResponse<String> page = blog.get(path);
        for (String[] condition : new String[][] {
            {"If-None-Match", "\"x\", W/" + field(page, "etag")}, {"If-Modified-Since", field(page, "last-modified")}
        }) {
            HttpResponse<String> again = blog.get(path, condition);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            for (String name : new String[] {"cache-control", "etag", "surrogate-key", "last-modified"}) {
                assertThat(field(again, name)).isEqualTo(field(page, name));
            }
            assertThat(field(again, "date")).endsWith("GMT");
        }
        assertThat(blog.get(path, "If-Match", "\"x\"").statusCode()).isEqualTo(412);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/blog/", "/blog/freshness", "/blog/feed.xml", "/blog/none"})
    void answersHeadLikeGetWithoutBody(String path) throws Exception {
        HttpResponse<String> get = blog.get(path);
        HttpResponse<String> head = blog.send("HEAD", path);
        assertThat(head.statusCode()).isEqualTo(get.statusCode());
        assertThat(head.body()).isEmpty();
        for (String name : new String[] {"content-length", "content-type", "cache-control"}) {
            assertThat(field(head, name)).isEqualTo(field(get, name));
        }
        assertThat(field(head, "content-length")).isNotEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/blog/none",
                "/blog/freshness/",
                "/blog/%66reshness",
                "/blog/?page=99",
                "/blog/?page=x",
                "/blog/tags/none",
                "/blog/assets/none.css",
                "/blog/reading-cache-status",
                "/blog/..%2f..%2fetc/passwd"
            })
    void answersAPageFor404(String path) throws Exception {
        HttpResponse<String> page = blog.get(path);
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(field(page, "cache-control")).isEqualTo("public, max-age=10");
        assertThat(page.body()).contains("<h1>There is no such page</h1>");
    }

    @Test
    void redirectsToTheList() throws Exception {
        HttpResponse<String> page = blog.get("/blog");
        assertThat(page.statusCode()).isEqualTo(308);
        assertThat(field(page, "location")).isEqualTo("/blog/");
        assertThat(field(page, "cache-control")).isEqualTo("public, max-age=3600");
    }

    @Test
    void refusesOtherMethods() throws Exception {
        HttpResponse<String> page = blog.send("DELETE", "/blog/freshness");
        assertThat(page.statusCode()).isEqualTo(405);
        assertThat(field(page, "allow")).contains("GET", "HEAD");
        assertThat(field(page, "cache-control")).isEqualTo("no-store");
    }

    @Test
    void servesTheStyleSheetForAYear() throws Exception {
        Matcher link = Pattern.compile("href=\"(/blog/assets/site\\.[^\"]+\\.css)\"")
                .matcher(blog.get("/blog/").body());
        assertThat(link.find()).isTrue();
        HttpResponse<String> style = blog.get(link.group(1));
        assertThat(field(style, "cache-control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(field(style, "content-type")).isEqualTo("text/css;charset=utf-8");
        assertThat(style.body()).contains("prefers-color-scheme: dark");
    }

    @Test
    void servesAWellFormedFeed() throws Exception {
        HttpResponse<String> feed = blog.get("/blog/feed.xml");
        assertThat(field(feed, "content-type")).isEqualTo("application/atom+xml;charset=utf-8");
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(feed.body())));
    }

    @Test
    void countsRequestsFromZeroWithoutTheActuator(@TempDir Path empty) throws Exception {
        try (RunningBlog fresh = RunningBlog.start(empty)) {
            assertThat(fresh.get("/actuator/metrics/origin.requests").body()).contains("\"value\":0.0");
            assertThat(fresh.get("/blog/").body()).contains("Nothing has been published yet");
            assertThat(fresh.get("/nowhere").statusCode()).isEqualTo(404);
            assertThat(fresh.get("/actuator/health/readiness").body()).contains("UP");
            assertThat(fresh.get("/actuator/health/liveness").body()).contains("UP");
            assertThat(fresh.get("/actuator/metrics/origin.requests").body()).contains("\"value\":2.0");
        }
    }

    @Test
    void neverLeavesARequestUnansweredAfterOneToTheActuator() throws Exception {
        for (int i = 0; i < 150; i++) {
            assertThat(blog.get("/actuator/metrics/origin.requests").statusCode())
                    .isEqualTo(200);
            assertThat(blog.get("/blog/").statusCode()).isEqualTo(200);
            assertThat(blog.get("/blog/none").statusCode()).isEqualTo(404);
        }
    }

    private static String field(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
