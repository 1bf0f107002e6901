package dev.weir.gateway.flow;

import static dev.weir.gateway.testkit.GatewayUnderTest.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.OriginAndGateway;
import dev.weir.gateway.testkit.RawHttp;
import dev.weir.gateway.testkit.ScriptedOrigin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one client sees of the cache, over real sockets. */
@ExtendWith(OriginAndGateway.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CachingIT {

    private static final String FRESH = "public, max-age=60";

    private final ScriptedOrigin origin;
    private final GatewayUnderTest gateway;

    CachingIT(ScriptedOrigin origin, GatewayUnderTest gateway) {
        this.origin = origin;
        this.gateway = gateway;
    }

    @Test
    void aFreshResponseIsFetchedOnceAndServedFromMemory() {
        origin.on("/fresh", "hello", "Cache-Control", FRESH, "ETag", "\"v1\"");

        HttpResponse<String> miss = gateway.get("/fresh");
        HttpResponse<String> hit = gateway.get("/fresh");

        assertThat(miss.body()).isEqualTo("hello");
        assertThat(status(miss)).startsWith("weir; fwd=uri-miss").contains("stored");
        assertThat(miss.headers().firstValue("Age")).isEmpty();
        assertThat(hit.body()).isEqualTo("hello");
        assertThat(status(hit)).startsWith("weir; hit").contains("detail=memory");
        assertThat(hit.headers().firstValue("Age")).isPresent();
        assertThat(origin.count("/fresh")).isEqualTo(1);
    }

    @Test
    void aMatchingValidatorIsAnswered304WithoutTheOrigin() {
        origin.on("/conditional", "hello", "Cache-Control", FRESH, "ETag", "\"v1\"");
        gateway.get("/conditional");

        HttpResponse<String> same = gateway.get("/conditional", "If-None-Match", "\"other\", W/\"v1\"");
        HttpResponse<String> other = gateway.get("/conditional", "If-None-Match", "\"v2\"");

        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.headers().firstValue("ETag")).hasValue("W/\"v1\"");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(origin.count("/conditional")).isEqualTo(1);
    }

    @Test
    void aClientsConditionNeverReachesTheOriginOnAMiss() {
        origin.on("/stripped", "hello", "Cache-Control", FRESH, "ETag", "\"v1\"");

        HttpResponse<String> reply = gateway.get("/stripped", "If-None-Match", "\"v1\"", "Range", "bytes=0-1");

        assertThat(reply.statusCode()).isEqualTo(304);
        assertThat(origin.requests("/stripped").get(0)).doesNotContainKeys("if-none-match", "range");
    }

    @Test
    void headIsAnsweredFromTheStoredGet() {
        origin.on("/head", "hello", "Cache-Control", FRESH);

        HttpResponse<String> miss = gateway.send("HEAD", "/head", null);
        HttpResponse<String> hit = gateway.get("/head");

        assertThat(miss.statusCode()).isEqualTo(200);
        assertThat(miss.body()).isEmpty();
        assertThat(miss.headers().firstValue("Content-Length")).hasValue("5");
        assertThat(hit.body()).isEqualTo("hello");
        assertThat(origin.requests("/head"))
                .singleElement()
                .satisfies(asked -> assertThat(asked).containsEntry(":method", "GET"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    no-store   | Cache-Control | no-store
                    private    | Cache-Control | private, max-age=60
                    set-cookie | Set-Cookie    | id=1
                    vary-any   | Vary          | *
                    """)
    void whatIsNotForAllIsNeverStored(String name, String field, String value) {
        String path = "/pass/" + name;
        boolean control = field.equals("Cache-Control");
        origin.on(path, "mine", field, value, control ? "X-Filler" : "Cache-Control", control ? "1" : FRESH);

        HttpResponse<String> first = gateway.get(path);
        HttpResponse<String> second = gateway.get(path);

        assertThat(first.body()).isEqualTo("mine");
        assertThat(first.headers().firstValue(field)).hasValue(value);
        assertThat(status(second)).contains("fwd=").doesNotContain("stored");
        assertThat(origin.count(path)).isEqualTo(2);
    }

    @Test
    void theAnswerToACredentialIsNotForOthers() {
        origin.on(
                "/secret",
                (request, response) -> ScriptedOrigin.text(
                        response,
                        "for " + request.requestHeaders().get("Authorization", "nobody"),
                        "Cache-Control",
                        "max-age=60"));

        assertThat(gateway.get("/secret", "Authorization", "Bearer alice").body())
                .isEqualTo("for Bearer alice");
        assertThat(gateway.get("/secret", "Authorization", "Bearer bob").body()).isEqualTo("for Bearer bob");
        assertThat(gateway.get("/secret").body()).isEqualTo("for nobody");
    }

    @Test
    void variantsAreKeptApart() {
        origin.on(
                "/vary",
                (request, response) -> ScriptedOrigin.text(
                        response,
                        "theme " + request.requestHeaders().get("X-Theme", "none"),
                        "Cache-Control",
                        FRESH,
                        "Vary",
                        "X-Theme"));

        assertThat(gateway.get("/vary", "X-Theme", "dark").body()).isEqualTo("theme dark");
        assertThat(gateway.get("/vary", "X-Theme", "light").body()).isEqualTo("theme light");
        assertThat(gateway.get("/vary").body()).isEqualTo("theme none");
        HttpResponse<String> again = gateway.get("/vary", "X-Theme", "dark");

        assertThat(again.body()).isEqualTo("theme dark");
        assertThat(status(again)).startsWith("weir; hit");
        assertThat(origin.count("/vary")).isEqualTo(3);
    }

    @Test
    void codedFormsAreMadeOnceAndHaveTagsOfTheirOwn() throws IOException {
        String page = "<p>a page that compresses well</p>".repeat(100);
        origin.on("/coded", page, "Cache-Control", FRESH, "ETag", "\"v1\"", "Content-Type", "text/html");
        HttpResponse<String> miss = gateway.get("/coded", "Accept-Encoding", "gzip, br");
        assertThat(miss.headers().firstValue("Vary")).hasValue("Accept-Encoding");

        HttpResponse<byte[]> br = Eventually.get(
                () -> gateway.bytes("/coded", "Accept-Encoding", "gzip, br"),
                reply -> reply.headers().firstValue("Content-Encoding").isPresent());
        HttpResponse<byte[]> gzip = gateway.bytes("/coded", "Accept-Encoding", "gzip, br;q=0");
        HttpResponse<byte[]> plain = gateway.bytes("/coded");

        assertThat(br.headers().firstValue("Content-Encoding")).hasValue("br");
        assertThat(br.body().length).isLessThan(page.length() / 5);
        assertThat(new String(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes(), UTF_8))
                .isEqualTo(page);
        assertThat(new String(plain.body(), UTF_8)).isEqualTo(page);
        List<String> tags = Stream.of(br, gzip, plain)
                .map(reply -> reply.headers().firstValue("ETag").orElse("none"))
                .toList();
        assertThat(tags).doesNotHaveDuplicates().contains("\"v1\"");
        for (String tag : tags) {
            HttpResponse<String> same = gateway.get("/coded", "If-None-Match", tag, "Accept-Encoding", "br");
            assertThat(same.statusCode()).as(tag).isEqualTo(304);
        }
        assertThat(origin.count("/coded")).isEqualTo(1);
    }

    @Test
    void aWriteGoesThroughAndInvalidatesWhatItChanged() {
        origin.on(
                "/item",
                (request, response) -> request.method().name().equals("POST")
                        ? response.sendByteArray(request.receive().aggregate().asByteArray())
                        : ScriptedOrigin.text(response, "v" + origin.count("/item"), "Cache-Control", FRESH));
        assertThat(gateway.get("/item").body()).isEqualTo("v1");

        HttpResponse<String> written = gateway.send("POST", "/item", "new text");
        HttpResponse<String> after = gateway.get("/item");

        assertThat(written.body()).isEqualTo("new text");
        assertThat(status(written)).contains("fwd=method");
        assertThat(after.body()).isEqualTo("v3");
    }

    @Test
    void fieldsThatCouldPoisonTheCacheStayOutside() {
        origin.on("/poison", "hello", "Cache-Control", FRESH);

        gateway.get(
                "/poison",
                "X-Forwarded-Host",
                "evil.example",
                "X-Original-URL",
                "/admin",
                "X-HTTP-Method-Override",
                "DELETE",
                "X-Forwarded-For",
                "6.6.6.6");

        assertThat(origin.requests("/poison").get(0))
                .doesNotContainKeys("x-original-url", "x-http-method-override")
                .containsEntry("x-forwarded-for", "127.0.0.1")
                .containsEntry("x-forwarded-host", "127.0.0.1:" + gateway.port());
    }

    @Test
    void whatOnlyTheCacheNeedsIsNotPassedToClients() {
        origin.on("/tags", "hello", "Cache-Control", FRESH, "Surrogate-Key", "a b", "Cache-Tag", "c");

        for (HttpResponse<String> reply : List.of(gateway.get("/tags"), gateway.get("/tags"))) {
            assertThat(reply.headers().map()).doesNotContainKeys("Surrogate-Key", "surrogate-key", "Cache-Tag");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/../b", "/a/%2e%2E/b", "/./a", "/a/."})
    void pathsThatMeanDifferentThingsToDifferentReadersAreRefused(String path) throws IOException {
        assertThat(RawHttp.exchange(gateway.port(), "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\n\r\n",
                "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n"
            })
    void aRequestThatNamesNoOneHostIsRefused(String request) throws IOException {
        String reply = RawHttp.exchange(gateway.port(), request);

        assertThat(reply).startsWith("HTTP/1.1 400").contains("application/problem+json");
    }
}
