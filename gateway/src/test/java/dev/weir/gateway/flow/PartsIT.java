package dev.weir.gateway.flow;

import static dev.weir.gateway.testkit.GatewayUnderTest.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.purge.PurgeLog;
import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.OriginAndGateway;
import dev.weir.gateway.testkit.RawHttp;
import dev.weir.gateway.testkit.RedisServer;
import dev.weir.gateway.testkit.ScriptedOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerResponse;

@DisplayName("a stored part")
@ExtendWith(OriginAndGateway.class)
class PartsIT {

    private static final String REST = "bytes=4-";

    private final ScriptedOrigin origin;
    private final GatewayUnderTest gateway;

    PartsIT(ScriptedOrigin origin, GatewayUnderTest gateway) {
        this.origin = origin;
        this.gateway = gateway;
    }

    /** Ten digits; without a Range the first four as a 206, so that a part is stored; what is asked for by one. */
    private void servesParts(String path, Mono<Void> beforeItsEnd) {
        origin.on(path, (request, response) -> {
            boolean rest = REST.equals(request.requestHeaders().get("Range"));
            head(response, rest ? "bytes 4-9/10" : "bytes 0-3/10");
            return rest
                    ? response.header("Content-Length", "6")
                            .sendByteArray(
                                    Flux.concat(Mono.just(bytes("4")), beforeItsEnd.then(Mono.just(bytes("56789")))))
                    : ScriptedOrigin.text(response, "0123");
        });
    }

    private void servesWhole(String path) {
        origin.on(path, "0123456789", "Cache-Control", "public, max-age=60", "ETag", "\"v1\"");
    }

    private static void head(HttpServerResponse response, String range) {
        response.status(206)
                .header("Cache-Control", "public, max-age=60")
                .header("ETag", "\"v1\"")
                .header("Content-Range", range);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> ranges(String path) {
        return origin.requests(path).stream()
                .map(asked -> asked.getOrDefault("range", "whole"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hard", "validate", "soft"})
    @DisplayName("that a purge has named answers nothing and is not completed")
    void purged(String mode) {
        servesParts("/purged", Mono.empty());
        gateway.get("/purged", "Range", "bytes=0-3");
        assertThat(status(gateway.get("/purged", "Range", "bytes=1-2"))).startsWith("weir; hit");
        servesWhole("/purged");

        gateway.purge("{\"mode\": \"" + mode + "\", \"urls\": [\"" + gateway.url("/purged") + "\"]}");

        HttpResponse<String> reply = gateway.get("/purged", "Range", "bytes=1-2");
        assertThat(reply.body()).isEqualTo("12");
        assertThat(status(reply)).contains("fwd=");
        assertThat(ranges("/purged")).containsExactly("whole", "whole");
    }

    @Test
    @DisplayName("that is purged while its rest is under way is not put together with it")
    void purgedMeanwhile() throws Exception {
        Sinks.Empty<Void> purged = Sinks.empty();
        origin.on("/racing", (request, response) -> {
            boolean rest = REST.equals(request.requestHeaders().get("Range"));
            if (!rest && origin.count("/racing") > 1) {
                return ScriptedOrigin.text(response, "abcdefghij", "Cache-Control", "max-age=60", "ETag", "\"v1\"");
            }
            head(response, rest ? "bytes 4-9/10" : "bytes 0-3/10");
            return rest
                    ? purged.asMono().then(Mono.from(ScriptedOrigin.text(response, "efghij")))
                    : ScriptedOrigin.text(response, "0123");
        });
        gateway.get("/racing", "Range", "bytes=0-3");

        CompletableFuture<HttpResponse<String>> whole = gateway.getAsync("/racing");
        Eventually.isTrue(() -> origin.count("/racing") == 2);
        gateway.purge("{\"mode\": \"hard\", \"urls\": [\"" + gateway.url("/racing") + "\"]}");
        purged.tryEmitEmpty();

        assertThat(whole.get(10, TimeUnit.SECONDS).body()).isEqualTo("abcdefghij");
        assertThat(ranges("/racing")).containsExactly("whole", REST, "whole");
    }

    @Test
    @DisplayName("stays as it is where a client asks for more of it byte by byte")
    void grudging() {
        origin.on("/grudging", (request, response) -> {
            boolean next = "bytes=64-64".equals(request.requestHeaders().get("Range"));
            head(response, next ? "bytes 64-64/9999999999" : "bytes 0-63/9999999999");
            return ScriptedOrigin.text(response, next ? "b" : "a".repeat(64));
        });
        gateway.get("/grudging", "Range", "bytes=0-63");

        assertThat(gateway.get("/grudging", "Range", "bytes=64-64").statusCode())
                .isEqualTo(206);

        assertThat(status(gateway.get("/grudging", "Range", "bytes=64-64"))).contains("fwd=");
        assertThat(status(gateway.get("/grudging", "Range", "bytes=0-63"))).startsWith("weir; hit");
    }

    @Test
    @DisplayName("is completed once for all who want the whole")
    void completedOnce() {
        Sinks.Empty<Void> all = Sinks.empty();
        servesParts("/once", all.asMono());
        gateway.get("/once", "Range", "bytes=0-3");

        List<CompletableFuture<HttpResponse<String>>> replies =
                IntStream.range(0, 10).mapToObj(i -> gateway.getAsync("/once")).toList();
        Eventually.isTrue(() -> gateway.bean(RequestFlow.class).memberCount() == 10);
        all.tryEmitEmpty();

        assertThat(replies)
                .allSatisfy(reply ->
                        assertThat(reply.get(10, TimeUnit.SECONDS).body()).isEqualTo("0123456789"));
        assertThat(ranges("/once")).containsExactly("whole", REST);
    }

    @Test
    @DisplayName("goes to who wants the whole while its rest is still to come")
    void startsAtOnce() throws IOException {
        Sinks.Empty<Void> rest = Sinks.empty();
        servesParts("/at-once", rest.asMono());
        gateway.get("/at-once", "Range", "bytes=0-3");
        String request = "GET /at-once HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port() + "\r\n\r\n";

        try (RawHttp client = new RawHttp(gateway.port())) {
            assertThat(client.send(request).readUntil("\r\n\r\n0123")).contains("Content-Length: 10");
            rest.tryEmitEmpty();
            client.readUntil("456789");
        }
    }

    @Test
    @DisplayName("in the shared tier serves other replicas: by itself, and as a start")
    void shared() {
        try (RedisServer redis = RedisServer.start();
                GatewayUnderTest one = replica("one", redis);
                GatewayUnderTest two = replica("two", redis)) {
            String path = inSharedTier(one, two);
            int before = origin.count(path);

            String part = ask(two, path, "Range: bytes=1-2\r\n");
            String whole = ask(two, path, "");

            assertThat(part).startsWith("HTTP/1.1 206").contains("detail=redis").contains("bytes 1-2/10");
            assertThat(part).endsWith("\r\n\r\n12");
            assertThat(whole).startsWith("HTTP/1.1 200").contains("fwd=partial").endsWith("0123456789");
            assertThat(ranges(path).subList(before, origin.count(path))).containsExactly(REST);
        }
    }

    /** A path of which a part has come to be in Redis: a write that finds its connection not up yet is dropped. */
    private String inSharedTier(GatewayUnderTest one, GatewayUnderTest two) {
        AtomicInteger attempt = new AtomicInteger();
        return Eventually.get(
                () -> {
                    String path = "/shared-" + attempt.incrementAndGet();
                    servesParts(path, Mono.empty());
                    ask(one, path, "Range: bytes=0-3\r\n");
                    String explain = "/explain?url=http://site.example" + path;
                    boolean there = Eventually.isTrueWithin(
                            Duration.ofSeconds(1),
                            () -> two.manage("GET", explain, null).body().contains("\"redis\" : [ {"));
                    return there ? path : "";
                },
                path -> !path.isEmpty());
    }

    /** Both replicas are asked under one name, since the host is part of the key. */
    private static String ask(GatewayUnderTest gateway, String path, String fields) {
        try (RawHttp http = new RawHttp(gateway.port())) {
            return http.send("GET " + path + " HTTP/1.1\r\nHost: site.example\r\nConnection: close\r\n" + fields
                            + "\r\n")
                    .readToEnd();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GatewayUnderTest replica(String name, RedisServer redis) {
        GatewayUnderTest replica =
                GatewayUnderTest.inFrontOf(origin, "redis.uri=" + redis.uri(), "redis.budget=1s", "replica.id=" + name);
        Eventually.isTrue(() -> replica.bean(PurgeLog.class).standing().holdsAt(System.nanoTime()));
        return replica;
    }
}
