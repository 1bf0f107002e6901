package dev.weir.ssr.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ssr.testkit.Origin;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteIT {
    private static final Pattern MAX_AGE = Pattern.compile("public, max-age=(\\d+).*");

    private Origin origin;

    @BeforeAll
    void start() {
        origin = Origin.start("--ssr.isolates=2");
    }

    @AfterAll
    void stop() {
        origin.close();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static int maxAge(HttpResponse<?> response) {
        Matcher matcher = MAX_AGE.matcher(header(response, "Cache-Control"));
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    @Test
    @DisplayName("the list is whole HTML without any script, and says how long and for what it is good")
    void list() throws Exception {
        HttpResponse<String> response = origin.get("/spells");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("<!doctype html>")
                .contains("<a href=\"/spells/bee-parliament\">Bee Parliament</a>")
                .contains("rel=\"next\" href=\"/spells?page=2\"")
                .doesNotContain("nonce");
        assertThat(header(response, "Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(maxAge(response)).isGreaterThanOrEqualTo(60);
        assertThat(header(response, "ETag")).startsWith("\"");
        assertThat(header(response, "Surrogate-Key").split(" "))
                .contains("spells", "spell-lists", "spell:bee-parliament")
                .doesNotContain("spell:unwritten-name");
    }

    @Test
    @DisplayName("filter, search, order and page of a list come from the address, without JavaScript")
    void filtered() throws Exception {
        assertThat(origin.get("/spells?school=tide&level=3").body())
                .contains("Glass Bell")
                .contains("1 spell found")
                .doesNotContain("Moss Mantle");
        assertThat(origin.get("/spells?q=MOSS+mantle&utm_source=x").body()).contains("/spells/moss-mantle");
        assertThat(origin.get("/spells?q=%25").body()).contains("Nothing in the book matches");
        assertThat(origin.get("/spells?page=3").body()).contains("Page <!-- -->3<!-- --> of <!-- -->3");
        assertThat(header(origin.get("/spells?school=tide"), "Surrogate-Key").split(" "))
                .contains("school:tide")
                .doesNotContain("spell-lists");
    }

    @Test
    void detail() throws Exception {
        HttpResponse<String> response = origin.get("/spells/ember-lance");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("<h1>Ember Lance</h1>", "buries itself in one target", "<title>Ember Lance");
        assertThat(header(response, "Surrogate-Key").split(" "))
                .contains("spells", "spell:ember-lance", "school:pyre", "spell:candle-word");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/spells", "/spells/ember-lance", "/api/spells", "/api/spells/ember-lance"})
    @DisplayName("a representation that has not changed is 304, for HEAD too, with the same fields")
    void unchanged(String path) throws Exception {
        HttpResponse<String> whole = origin.get(path);
        String tag = header(whole, "ETag");

        for (String method : new String[] {"GET", "HEAD"}) {
            HttpResponse<String> response = origin.send(method, path, null, "If-None-Match", "\"old\", W/" + tag);

            assertThat(response.statusCode()).isEqualTo(304);
            assertThat(response.body()).isEmpty();
            assertThat(header(response, "ETag")).isEqualTo(tag);
            assertThat(header(response, "Cache-Control")).isEqualTo(header(whole, "Cache-Control"));
            assertThat(header(response, "Surrogate-Key")).isEqualTo(header(whole, "Surrogate-Key"));
        }
        assertThat(origin.get(path, "If-None-Match", "\"old\"").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/spells", "/spells/ember-lance", "/api/spells", "/spells/no-such"})
    @DisplayName("HEAD has the fields of GET and no body")
    void head(String path) throws Exception {
        HttpResponse<String> get = origin.get(path);
        HttpResponse<String> head = origin.send("HEAD", path, null);

        assertThat(head.statusCode()).isEqualTo(get.statusCode());
        assertThat(head.body()).isEmpty();
        for (String name : new String[] {"ETag", "Content-Length", "Content-Type", "Cache-Control", "Surrogate-Key"}) {
            assertThat(header(head, name)).as(name).isEqualTo(header(get, name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/spells/no-such-spell", "/spells/%3Cscript%3E", "/elsewhere", "/spells/a/b"})
    @DisplayName("what is not there is a rendered 404 page that is soon forgotten")
    void missing(String path) throws Exception {
        HttpResponse<String> response = origin.get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .contains("<h1>No such", "Browse every spell")
                .doesNotContain("<script>");
        assertThat(maxAge(response)).isBetween(1, 59);
        assertThat(header(response, "ETag")).isEmpty();
    }

    @Test
    @DisplayName("markup in a search is text, in the HTML and in the embedded data")
    void reflected() throws Exception {
        String body = origin.get("/spells?q=%3C%2Fscript%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%22onx=")
                .body();

        assertThat(body).doesNotContain("<script>alert", "</script><script>");
        assertThat(body)
                .contains("value=\"&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;onx=\"")
                .contains("\\u003c/script\\u003e\\u003cscript\\u003ealert(1)\\u003c/script\\u003e\\\"onx=");
    }

    @Test
    @DisplayName("assets have their hash in the name, for ever; another hash is not there and not remembered")
    void assets() throws Exception {
        Matcher script = Pattern.compile("/assets/client\\.[0-9a-f]{16}\\.js")
                .matcher(origin.get("/spells").body());
        assertThat(script.find()).isTrue();
        HttpResponse<String> response = origin.get(script.group());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Cache-Control")).contains("immutable").contains("max-age=31536000");
        assertThat(header(response, "Content-Type")).startsWith("text/javascript");
        HttpResponse<String> other = origin.get("/assets/client.0000000000000000.js");
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(header(other, "Cache-Control")).isEqualTo("no-store");
    }

    @Test
    @DisplayName("every request counts, but not the actuator's; health tells about isolates, queue and renders")
    void observed() throws Exception {
        String before = origin.get("/actuator/metrics/origin.requests").body();
        origin.get("/actuator/health");
        assertThat(origin.get("/actuator/metrics/origin.requests").body()).isEqualTo(before);
        origin.get("/assets/none.js");
        assertThat(origin.get("/actuator/metrics/origin.requests").body()).isNotEqualTo(before);
        assertThat(origin.get("/actuator/health").body())
                .contains("\"isolates\":2", "\"live\":2", "\"queued\":", "\"renders\":", "\"pending\":0");
        assertThat(origin.get("/actuator/health/readiness").body()).contains("\"UP\"", "isolates");
        assertThat(origin.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }

    @Test
    void allowsOnlyWhatItKnows() throws Exception {
        HttpResponse<String> response = origin.send("POST", "/spells", "x");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(header(response, "Allow")).isEqualTo("GET, HEAD");
        assertThat(header(origin.send("DELETE", "/api/spells/ember-lance", null), "Allow"))
                .isEqualTo("GET, HEAD, PUT");
    }
}
