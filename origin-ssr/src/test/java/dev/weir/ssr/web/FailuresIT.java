package dev.weir.ssr.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ssr.purge.PurgeEmitter;
import dev.weir.ssr.render.RenderPool;
import dev.weir.ssr.render.RenderSettings;
import dev.weir.ssr.spell.SpellStore;
import dev.weir.ssr.testkit.Origin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/** The site's own routes over a script that misbehaves, chosen by the spell asked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailuresIT {
    private static final String SCRIPT = """
            globalThis.renderPage = (page) => {
              const { view, spell } = JSON.parse(page);
              if (view === 'list') return 'a list';
              if (spell?.id === 'ember-lance') throw new Error('a secret of the script');
              while (true);
            };
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private Origin origin;
    private RenderPool pool;
    private DisposableServer server;

    @BeforeAll
    void start() {
        origin = Origin.start("--ssr.isolates=1");
        JsonMapper mapper = origin.part(JsonMapper.class);
        RenderSettings settings = new RenderSettings(1, 2, Duration.ofMillis(300), 64);
        pool = RenderPool.open(settings, SCRIPT, "{}", "{\"view\":\"list\"}");
        SpellStore store = origin.part(SpellStore.class);
        Writes writes = new Writes(store, origin.part(PurgeEmitter.class), new AdminKey(""), mapper);
        Pages pages = new Pages(store, pool, new PageData(mapper));
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(
                        SiteRoutes.of(pages, new Api(store, mapper), writes, Assets.load(), new Failures(mapper)))))
                .bindNow(Duration.ofSeconds(10));
    }

    @AfterAll
    void stop() {
        server.disposeNow();
        pool.close();
        origin.close();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path), BodyHandlers.ofString());
    }

    private static void expectNeverStored(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("ETag")).isEmpty();
        assertThat(response.body()).doesNotContain("secret", "server.js", "Exception", "at dev.weir");
    }

    @Test
    @DisplayName("a script that throws is a 500 that tells nothing and is stored nowhere")
    void thrown() throws Exception {
        HttpResponse<String> response = get("/spells/ember-lance");

        assertThat(response.statusCode()).isEqualTo(500);
        expectNeverStored(response);
    }

    @Test
    @DisplayName("a script that does not end is a 503, and the next page is served")
    void endless() throws Exception {
        HttpResponse<String> response = get("/spells/moss-mantle");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        expectNeverStored(response);
        assertThat(get("/spells").body()).isEqualTo("a list");
    }

    @Test
    @DisplayName("past the queue's bound the answer is 503 with Retry-After, never a 200")
    void overflow() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 30)
                .mapToObj(i -> http.sendAsync(request("/spells/moss-mantle?x=" + i), BodyHandlers.ofString()))
                .toList();
        long before = pool.status().refused();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.join().statusCode()).isEqualTo(503);
            assertThat(answer.join().headers().firstValue("Retry-After")).hasValue("1");
            expectNeverStored(answer.join());
        });
        assertThat(pool.status().refused()).isGreaterThan(before);
        assertThat(get("/spells").body()).isEqualTo("a list");
    }
}
