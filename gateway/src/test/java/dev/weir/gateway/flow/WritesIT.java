package dev.weir.gateway.flow;

import static dev.weir.gateway.testkit.GatewayUnderTest.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.OriginAndGateway;
import dev.weir.gateway.testkit.RawHttp;
import dev.weir.gateway.testkit.RawOrigin;
import dev.weir.gateway.testkit.ScriptedOrigin;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@DisplayName("what passes by the cache and yet changes it, and when what is stored can be found")
@ExtendWith(OriginAndGateway.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WritesIT {

    private static final String FRESH = "public, max-age=60";

    private final ScriptedOrigin origin;
    private final GatewayUnderTest gateway;

    WritesIT(ScriptedOrigin origin, GatewayUnderTest gateway) {
        this.origin = origin;
        this.gateway = gateway;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Location", "Content-Location"})
    @DisplayName("a write strikes what its answer names, before the answer ends")
    void references(String field) {
        String created = "/created-by-" + field;
        origin.on(created, "old", "Cache-Control", FRESH);
        origin.on(
                "/factory",
                (request, response) -> response.status(201)
                        .header(field, created)
                        .header("Content-Length", "0")
                        .send());
        gateway.get(created);
        origin.on(created, "new", "Cache-Control", FRESH);

        assertThat(gateway.get(created).body()).isEqualTo("old");
        gateway.send("POST", "/factory", "x");

        assertThat(gateway.get(created).body()).isEqualTo("new");
    }

    /** Answers GET with "read", POST with "written" once released, saying that this is what the URI now stands for. */
    private void writable(String path, Publisher<Void> released) {
        origin.on(path, (request, response) -> {
            response.header("Cache-Control", FRESH).header("Content-Location", path);
            if (request.method().name().equals("GET")) {
                return ScriptedOrigin.text(response, "read");
            }
            Mono<byte[]> end = Mono.just("ten".getBytes(StandardCharsets.UTF_8));
            return response.header("Content-Length", "7")
                    .sendByteArray(Flux.concat(
                            Mono.just("writ".getBytes(StandardCharsets.UTF_8)),
                            request.requestHeaders().contains("X-Hold")
                                    ? Mono.from(released).then(end)
                                    : end));
        });
    }

    private String post(String path) {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port()
                + "\r\nX-Hold: 1\r\nContent-Length: 0\r\n\r\n";
    }

    private void purge(String path) {
        assertThat(gateway.purge("{\"urls\": [\"" + gateway.url(path) + "\"]}").statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("the answer to a write that says what its URI now stands for is served from then on, until a purge")
    void posted() {
        writable("/posted", Mono.empty());
        gateway.get("/posted");

        gateway.send("POST", "/posted", "x");

        HttpResponse<String> hit = gateway.get("/posted");
        assertThat(status(hit)).startsWith("weir; hit");
        assertThat(hit.body()).isEqualTo("written");
        purge("/posted");
        assertThat(gateway.get("/posted").body()).isEqualTo("read");
    }

    @Test
    @DisplayName("that answer is one to what the origin was asked, not to what the client said")
    void postedUpstream() {
        origin.on(
                "/as-sent",
                (request, response) -> ScriptedOrigin.text(
                        response,
                        request.method().name(),
                        "Cache-Control",
                        FRESH,
                        "Content-Location",
                        "/as-sent",
                        "Vary",
                        "X-Original-URL"));

        gateway.send("POST", "/as-sent", "x", "X-Original-URL", "/no/origin/sees/this");

        assertThat(gateway.get("/as-sent").body()).isEqualTo("POST");
    }

    @Test
    @DisplayName("a purge that comes while that answer is still coming keeps it from being stored")
    void purgedMeanwhile() throws IOException {
        Sinks.Empty<Void> released = Sinks.empty();
        writable("/meanwhile", released.asMono());
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(post("/meanwhile")).readUntil("writ");
            purge("/meanwhile");
            released.tryEmitEmpty();
            client.readUntil("ten");
        }

        assertThat(gateway.get("/meanwhile").body()).isEqualTo("read");
    }

    @Test
    @DisplayName("of two writes at a time the one that was asked for first and answered last is not stored")
    void overtaken() throws IOException {
        Sinks.Empty<Void> released = Sinks.empty();
        origin.on("/overtaken", (request, response) -> {
            response.header("Cache-Control", FRESH).header("Content-Location", "/overtaken");
            boolean held = request.requestHeaders().contains("X-Hold");
            String method = request.method().name();
            return held
                    ? released.asMono().then(Mono.from(ScriptedOrigin.text(response, "first")))
                    : ScriptedOrigin.text(response, method.equals("GET") ? "read" : "second");
        });
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(post("/overtaken"));
            Eventually.isTrue(() -> origin.count("/overtaken") == 1);
            gateway.send("POST", "/overtaken", "x");
            released.tryEmitEmpty();
            client.readUntil("first");
        }

        assertThat(gateway.get("/overtaken").body()).isEqualTo("read");
    }

    /** A HEAD that the cache can't answer, since it asks for events. */
    private void forwardHead(String path, String fields) throws IOException {
        RawHttp.exchange(
                gateway.port(),
                "HEAD " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port() + "\r\nAccept: text/event-stream\r\n"
                        + fields + "\r\n");
    }

    @Test
    @DisplayName("the answer to a forwarded HEAD brings the stored GET up to date")
    void headUpdates() throws IOException {
        origin.on("/h", "hello", "Cache-Control", FRESH, "ETag", "\"v1\"", "X-News", "old");
        gateway.get("/h");
        origin.on("/h", "hello", "Cache-Control", FRESH, "ETag", "\"v1\"", "X-News", "new");

        forwardHead("/h", "");

        HttpResponse<String> hit = gateway.get("/h");
        assertThat(status(hit)).startsWith("weir; hit");
        assertThat(hit.headers().firstValue("X-News")).hasValue("new");
        assertThat(hit.body()).isEqualTo("hello");
    }

    @ParameterizedTest
    @CsvSource({"'', fwd=stale", "'Authorization: Bearer x\r\n', hit"})
    @DisplayName("one that shows another representation makes it stale, unless it speaks for one user alone")
    void headDiffers(String fields, String expected) throws IOException {
        String path = "/differs" + fields.length();
        origin.on(path, "hello", "Cache-Control", "max-age=60", "ETag", "\"v1\"");
        gateway.get(path);
        origin.on(path, "other", "Cache-Control", "max-age=60", "ETag", "\"v2\"");

        forwardHead(path, fields);

        assertThat(status(gateway.get(path))).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\n\r\nhello",
                "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"
            })
    @DisplayName("what is stored can be found by whoever has its end")
    void findable(String rest) throws IOException {
        RawOrigin.Script script = (head, out) -> {
            RawOrigin.write(out, "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n" + rest);
            return true;
        };
        try (RawOrigin raw = new RawOrigin(script);
                GatewayUnderTest front = GatewayUnderTest.start(GatewayUnderTest.routesTo(raw.url(), ""))) {
            for (int i = 0; i < 50; i++) {
                HttpResponse<String> first = front.get("/" + i);
                HttpResponse<String> second = front.get("/" + i);

                assertThat(first.body()).isEqualTo("hello");
                assertThat(status(second)).startsWith("weir; hit").contains("detail=memory");
                String tag = second.headers().firstValue("ETag").orElse("none");
                assertThat(front.get("/" + i, "If-None-Match", tag).statusCode())
                        .isEqualTo(304);
            }
            assertThat(raw.heads()).hasSize(50);
        }
    }
}
