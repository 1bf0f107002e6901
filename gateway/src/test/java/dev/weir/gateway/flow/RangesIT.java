package dev.weir.gateway.flow;

import static dev.weir.gateway.testkit.GatewayUnderTest.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.RawHttp;
import dev.weir.gateway.testkit.ScriptedOrigin;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@DisplayName("a client that asks for a part")
class RangesIT {

    private static final String FRESH = "public, max-age=60";

    private static ScriptedOrigin origin;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        origin = new ScriptedOrigin();
        gateway = GatewayUnderTest.start(GatewayUnderTest.routesTo(origin.url(), "    cache: { max-object: 64KiB }\n"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        origin.close();
    }

    private static String field(HttpResponse<?> reply, String name) {
        return reply.headers().firstValue(name).orElse("none");
    }

    @Nested
    @DisplayName("of what is stored")
    class Stored {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                bytes=0-2   | 012 | bytes 0-2/10
                bytes=7-    | 789 | bytes 7-9/10
                bytes=-2    | 89  | bytes 8-9/10
                bytes=8-99  | 89  | bytes 8-9/10
                """)
        @DisplayName("gets it from the cache, as 206")
        void single(String range, String part, String contentRange) {
            origin.on("/digits", "0123456789", "Cache-Control", FRESH, "ETag", "\"v1\"");
            gateway.get("/digits");

            HttpResponse<String> reply = gateway.get("/digits", "Range", range);

            assertThat(reply.statusCode()).isEqualTo(206);
            assertThat(reply.body()).isEqualTo(part);
            assertThat(field(reply, "Content-Range")).isEqualTo(contentRange);
            assertThat(field(reply, "Content-Length")).isEqualTo(Integer.toString(part.length()));
            assertThat(field(reply, "ETag")).isEqualTo("\"v1\"");
            assertThat(status(reply)).startsWith("weir; hit");
            assertThat(origin.count("/digits")).isEqualTo(1);
        }

        @Test
        @DisplayName("gets several as multipart/byteranges")
        void several() {
            origin.on("/several", "0123456789", "Cache-Control", FRESH, "Content-Type", "text/x-digits");
            gateway.get("/several");

            HttpResponse<String> reply = gateway.get("/several", "Range", "bytes=0-1, -2");

            assertThat(reply.statusCode()).isEqualTo(206);
            assertThat(field(reply, "Content-Range")).isEqualTo("none");
            String type = field(reply, "Content-Type");
            assertThat(type).startsWith("multipart/byteranges; boundary=");
            String boundary = type.substring(type.indexOf('=') + 1);
            assertThat(reply.body())
                    .isEqualTo("\r\n--" + boundary + "\r\nContent-Type: text/x-digits\r\n"
                            + "Content-Range: bytes 0-1/10\r\n\r\n01"
                            + "\r\n--" + boundary + "\r\nContent-Type: text/x-digits\r\n"
                            + "Content-Range: bytes 8-9/10\r\n\r\n89\r\n--" + boundary + "--\r\n");
        }

        @Test
        @DisplayName("beyond its end gets 416 with its length")
        void unsatisfiable() {
            origin.on("/short", "0123456789", "Cache-Control", FRESH);
            gateway.get("/short");

            HttpResponse<String> reply = gateway.get("/short", "Range", "bytes=10-");

            assertThat(reply.statusCode()).isEqualTo(416);
            assertThat(field(reply, "Content-Range")).isEqualTo("bytes */10");
            assertThat(reply.body()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                "v1"    | 206
                "v2"    | 200
                W/"v1"  | 200
                """)
        @DisplayName("under If-Range gets it only if it holds the rest of the very same bytes")
        void ifRange(String tag, int expected) {
            origin.on("/if-range", "0123456789", "Cache-Control", FRESH, "ETag", "\"v1\"");
            gateway.get("/if-range");

            HttpResponse<String> reply = gateway.get("/if-range", "Range", "bytes=0-2", "If-Range", tag);

            assertThat(reply.statusCode()).isEqualTo(expected);
            assertThat(reply.body()).isEqualTo(expected == 206 ? "012" : "0123456789");
        }

        @Test
        @DisplayName("gets identity, though a coded form is at hand that it accepts")
        void identity() {
            String page = "<p>a page that compresses well</p>".repeat(100);
            origin.on("/coded", page, "Cache-Control", FRESH, "ETag", "\"v1\"", "Content-Type", "text/html");
            Eventually.get(
                    () -> gateway.bytes("/coded", "Accept-Encoding", "br"),
                    reply -> reply.headers().firstValue("Content-Encoding").isPresent());

            HttpResponse<String> reply = gateway.get("/coded", "Accept-Encoding", "br", "Range", "bytes=3-8");

            assertThat(reply.statusCode()).isEqualTo(206);
            assertThat(field(reply, "Content-Encoding")).isEqualTo("none");
            assertThat(field(reply, "ETag")).isEqualTo("\"v1\"");
            assertThat(reply.body()).isEqualTo("a page");
        }

        @ParameterizedTest
        @ValueSource(strings = {"lines=0-2", "bytes=2-1", "bytes=", "bytes=0-5,3-7"})
        @DisplayName("in terms that are none gets the whole")
        void ignored(String range) {
            origin.on("/ignored", "0123456789", "Cache-Control", FRESH);
            gateway.get("/ignored");

            HttpResponse<String> reply = gateway.get("/ignored", "Range", range);

            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("0123456789");
        }

        @Test
        @DisplayName("by HEAD gets the head of the whole")
        void head() {
            origin.on("/head", "0123456789", "Cache-Control", FRESH);
            gateway.get("/head");

            HttpResponse<String> reply = gateway.send("HEAD", "/head", null, "Range", "bytes=0-2");

            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(field(reply, "Content-Length")).isEqualTo("10");
        }
    }

    @Nested
    @DisplayName("of what is not stored")
    class Arriving {

        @Test
        @DisplayName("gets it while the whole arrives and is stored for others")
        void fromTheFlight() {
            origin.on("/arriving", "0123456789", "Cache-Control", FRESH);

            HttpResponse<String> part = gateway.get("/arriving", "Range", "bytes=3-5");
            HttpResponse<String> whole = Eventually.get(
                    () -> gateway.get("/arriving"), reply -> status(reply).contains("hit"));

            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.body()).isEqualTo("345");
            assertThat(field(part, "Content-Range")).isEqualTo("bytes 3-5/10");
            assertThat(whole.body()).isEqualTo("0123456789");
            assertThat(origin.requests("/arriving"))
                    .hasSize(1)
                    .allSatisfy(asked -> assertThat(asked).doesNotContainKey("range"));
        }

        @Test
        @DisplayName("has its part before the rest has come")
        void beforeTheRest() throws Exception {
            Sinks.Many<byte[]> rest = Sinks.many().unicast().onBackpressureBuffer();
            origin.on(
                    "/slow",
                    (request, response) -> response.header("Cache-Control", FRESH)
                            .header("Content-Length", "10")
                            .sendByteArray(
                                    Flux.concat(Mono.just("01234".getBytes(StandardCharsets.UTF_8)), rest.asFlux())));

            try (RawHttp client = new RawHttp(gateway.port())) {
                client.send("GET /slow HTTP/1.1\r\nHost: a\r\nRange: bytes=1-3\r\n\r\n");
                assertThat(client.readUntil("123")).startsWith("HTTP/1.1 206");
                // the connection is good for more, while the body goes on to the store
                rest.tryEmitNext("56789".getBytes(StandardCharsets.UTF_8));
                rest.tryEmitComplete();
                client.send("GET /slow HTTP/1.1\r\nHost: a\r\nRange: bytes=4-\r\n\r\n");
                assertThat(client.readUntil("456789")).contains("HTTP/1.1 206");
            }
            assertThat(origin.count("/slow")).isEqualTo(1);
        }

        @Test
        @DisplayName("beyond its end gets 416")
        void unsatisfiable() {
            origin.on("/short-miss", "0123456789", "Cache-Control", FRESH);

            HttpResponse<String> reply = gateway.get("/short-miss", "Range", "bytes=10-");

            assertThat(reply.statusCode()).isEqualTo(416);
            assertThat(field(reply, "Content-Range")).isEqualTo("bytes */10");
        }

        @Test
        @DisplayName("without a length gets the whole")
        void withoutLength() {
            origin.on(
                    "/chunked",
                    (request, response) ->
                            response.header("Cache-Control", FRESH).sendString(Flux.just("01234", "56789")));

            HttpResponse<String> reply = gateway.get("/chunked", "Range", "bytes=0-2");
            HttpResponse<String> stored = gateway.get("/chunked", "Range", "bytes=0-2");

            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("0123456789");
            assertThat(stored.statusCode()).isEqualTo(206);
            assertThat(stored.body()).isEqualTo("012");
        }
    }

    @Nested
    @DisplayName("of what the cache won't keep")
    class Passed {

        private static final String LARGE = "x".repeat(70 * 1024) + "end";

        private void serveRanges(String path, String... fields) {
            origin.on(path, (request, response) -> {
                if (!"bytes=-3".equals(request.requestHeaders().get("Range"))) {
                    return ScriptedOrigin.text(response, LARGE, fields);
                }
                response.status(206).header("Content-Range", "bytes 71680-71682/71683");
                return ScriptedOrigin.text(response, "end", fields);
            });
        }

        @Test
        @DisplayName("because it is too large gets the origin's own part, and later what is stored of it")
        void tooLarge() {
            serveRanges("/large", "Cache-Control", FRESH);

            HttpResponse<String> first = gateway.get("/large", "Range", "bytes=-3");
            HttpResponse<String> second = gateway.get("/large", "Range", "bytes=-3");

            assertThat(first.statusCode()).isEqualTo(206);
            assertThat(first.body()).isEqualTo("end");
            assertThat(status(first)).contains("stored").contains("detail=too-large");
            assertThat(second.statusCode()).isEqualTo(206);
            assertThat(second.body()).isEqualTo("end");
            assertThat(status(second)).startsWith("weir; hit");
            assertThat(origin.requests("/large"))
                    .extracting(asked -> asked.getOrDefault("range", "whole"))
                    .containsExactly("whole", "bytes=-3");
        }

        @Test
        @DisplayName("because it is for one alone gets the part, cut here first and by the origin later")
        void unshared() {
            serveRanges("/private", "Cache-Control", "private");

            HttpResponse<String> first = gateway.get("/private", "Range", "bytes=-3");
            HttpResponse<String> second = gateway.get("/private", "Range", "bytes=-3");

            assertThat(first.statusCode()).isEqualTo(206);
            assertThat(first.body()).isEqualTo("end");
            assertThat(second.body()).isEqualTo("end");
            assertThat(origin.requests("/private"))
                    .extracting(asked -> asked.getOrDefault("range", "whole"))
                    .containsExactly("whole", "bytes=-3");
        }
    }
}
