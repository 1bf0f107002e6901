package dev.weir.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The load test as a program, over real sockets, against servers that behave well and badly on purpose. */
@Timeout(60)
class LoadTestIT {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    Path folder;

    @Test
    void eachOfAHerdHasAConnectionOfItsOwn() {
        Set<Object> connections = ConcurrentHashMap.newKeySet();
        serve(
                (request, response) -> {
                    request.withConnection(
                            connection -> connections.add(connection.channel().id()));
                    return page(response, "weir; fwd=uri-miss; collapsed", "page");
                },
                url -> assertThat(run("herd", "--clients=200", "--gateway=" + url))
                        .as(err())
                        .isZero());

        assertThat(connections).hasSize(200);
        assertThat(out()).contains("status       200 × 200", "from         collapsed 200", "verdict      good");
    }

    @Test
    void aHerdThatReachesTheOriginTwiceIsNotGood() {
        serve(
                (request, response) -> page(response, "weir; fwd=uri-miss", "page"),
                url -> assertThat(run("herd", "--clients=2", "--gateway=" + url, "--origin-metrics=" + url))
                        .isEqualTo(1));

        assertThat(out()).contains("origin       2 requests (at most 1 allowed)", "verdict      NOT GOOD");
    }

    @Test
    void bodiesThatDifferAreNotGood() {
        AtomicInteger number = new AtomicInteger();
        serve(
                (request, response) ->
                        page(response, "weir; hit; detail=memory", "page " + number.incrementAndGet() / 5),
                url -> assertThat(run("herd", "--clients=5", "--gateway=" + url))
                        .isEqualTo(1));

        assertThat(out()).contains("bodies       2 different ones");
    }

    @Test
    void aBrowseFindsThePagesCountsTheTiersAndWritesThemForMachines() throws Exception {
        serve(
                (request, response) -> switch (request.uri()) {
                    case "/blog/" ->
                        page(response, "weir; hit; detail=redis", "<a href=\"post\">p</a><a href='#x'>x</a>");
                    case "/blog/post", "/spells" -> page(response, "weir; hit; detail=memory", "no links");
                    default -> response.status(404).send();
                },
                url -> {
                    Path json = folder.resolve("result.json");
                    String[] words = {
                        "browse", "--requests=600", "--connections=4", "--gateway=" + url, "--json=" + json
                    };
                    assertThat(run(words)).as(err()).isZero();
                });

        assertThat(out()).contains("600 requests over 3 pages and assets", "hit rate     100.00 %");
        JsonNode browse = new JsonMapper()
                .readTree(Files.readString(folder.resolve("result.json")))
                .path("browse");
        assertThat(browse.path("paths").asInt()).isEqualTo(3);
        int memory = browse.path("from").path("memory").asInt();
        int redis = browse.path("from").path("redis").asInt();
        assertThat(memory + redis).isEqualTo(600);
        assertThat(redis).isPositive();
        assertThat(memory).isPositive();
    }

    @Test
    void aDeadLinkIsNotGood() {
        serve(
                (request, response) -> request.uri().equals("/blog/")
                        ? page(response, "weir; hit", "<a href=\"/gone\">gone</a>")
                        : (request.uri().equals("/spells")
                                ? page(response, "weir; hit", "s")
                                : response.status(404).send()),
                url -> assertThat(run("browse", "--requests=5", "--gateway=" + url))
                        .isEqualTo(1));

        assertThat(out()).contains("/gone answered 404");
    }

    @Test
    void aServerThatDoesNotAnswerEndsAtTheTimeout() {
        serve(
                (request, response) -> Mono.never(),
                url -> assertThat(run("herd", "--clients=3", "--timeout=1", "--gateway=" + url))
                        .isEqualTo(1));
    }

    @Test
    void wrongUsageIsOneLineAndExitTwo() {
        assertThat(run("herd", "--gateway=http://192.0.2.1:80")).isEqualTo(2);
        assertThat(err().lines()).hasSize(1);
        assertThat(run("--help")).isZero();
        assertThat(out()).startsWith("usage: ./weir load");
    }

    private void serve(
            BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> pages,
            java.util.function.Consumer<String> use) {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    if (request.uri().equals("/actuator/metrics/origin.requests")) {
                        String count = "{\"measurements\":[{\"statistic\":\"COUNT\",\"value\":" + asked.get() + ".0}]}";
                        return response.sendString(Mono.just(count));
                    }
                    asked.incrementAndGet();
                    return pages.apply(request, response);
                })
                .bindNow();
        try {
            use.accept("http://127.0.0.1:" + server.port());
        } finally {
            server.disposeNow();
        }
    }

    private static Publisher<Void> page(HttpServerResponse response, String cacheStatus, String html) {
        return response.header("Content-Type", "text/html; charset=utf-8")
                .header("Cache-Status", cacheStatus)
                .sendString(Mono.just(html));
    }

    private int run(String... arguments) {
        return LoadTest.run(List.of(arguments), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }
}
