package dev.weir.loadtest.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadtest.client.CacheStatus;
import dev.weir.loadtest.client.Source;
import dev.weir.loadtest.rig.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parts promise together: two gateways, Redis, both origins, the shipped configuration. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class WholeStackIT {
    private static final int HERD = 300;

    private Stack stack;

    @BeforeAll
    void start(@TempDir Path logs) throws IOException {
        stack = Stack.start(logs);
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/blog/", "/spells"})
    void pagesOfBothOriginsRenderThroughTheGateway(String path) {
        HttpResponse<String> page = stack.client().get(stack.gateway(0), path);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.body()).contains("<html", "</html>");
    }

    @Test
    void whatOneReplicaFetchedIsAHitInRedisAtTheOther() {
        String path = cold("/blog/");
        HttpResponse<String> first = fetchAndShare(path);
        long before = stack.originRequests();

        HttpResponse<String> second = stack.client().get(stack.gateway(1), path);

        assertThat(source(second)).isEqualTo(Source.REDIS);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(source(stack.client().get(stack.gateway(1), path))).isEqualTo(Source.MEMORY);
        assertThat(stack.originRequests()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hard", "validate"})
    void aPurgeAcknowledgedAtOneIsGoneAtTheOther(String mode) {
        String path = cold("/blog/");
        fetchAndShare(path);
        stack.client().get(stack.gateway(1), path);
        assertThat(source(stack.client().get(stack.gateway(1), path))).isEqualTo(Source.MEMORY);
        long before = stack.originRequests();

        String json = "{\"mode\": \"%s\", \"urls\": [\"http://%s%s\"]}".formatted(mode, Client.HOST, path);
        HttpResponse<String> purge = stack.client().purge(stack.management(0), Stack.ADMIN_KEY, json);

        assertThat(purge.statusCode()).as(purge.body()).isEqualTo(200);
        HttpResponse<String> after = stack.client().get(stack.gateway(1), path);
        assertThat(source(after))
                .isIn(mode.equals("hard") ? List.of(Source.MISS) : List.of(Source.MISS, Source.VALIDATED));
        assertThat(stack.originRequests()).isEqualTo(before + 1);
    }

    @Test
    void aPurgeWithoutTheKeyIsRefusedAndChangesNothing() {
        String path = cold("/blog/");
        fetchAndShare(path);

        HttpResponse<String> purge = stack.client().purge(stack.management(0), "not-the-key", "{\"all\": true}");

        assertThat(purge.statusCode()).isEqualTo(401);
        assertThat(source(stack.client().get(stack.gateway(0), path))).isEqualTo(Source.MEMORY);
    }

    @Test
    void aHerdAtOneReplicaReachesTheOriginOnce() {
        String path = cold("/blog/");
        long before = stack.originRequests();

        List<HttpResponse<String>> answers = herd(path, 1);

        assertThat(stack.originRequests()).isEqualTo(before + 1);
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
        assertThat(answers.stream().map(WholeStackIT::source).filter(Source.MISS::equals))
                .hasSize(1);
    }

    @Test
    void aHerdOverTwoReplicasReachesTheOriginAtMostOnceForEach() {
        String path = cold("/spells");
        long before = stack.originRequests();

        List<HttpResponse<String>> answers = herd(path, 2);

        assertThat(stack.originRequests()).isBetween(before + 1, before + 2);
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
    }

    @Test
    void aConditionalRequestIsAnsweredFromTheCache() {
        String path = cold("/blog/");
        String tag = fetchAndShare(path).headers().firstValue("ETag").orElseThrow();
        long before = stack.originRequests();

        HttpResponse<String> unchanged = stack.client().get(stack.gateway(0), path, "If-None-Match", tag);

        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(unchanged.headers().firstValue("ETag")).contains(tag);
        assertThat(stack.originRequests()).isEqualTo(before);
    }

    private List<HttpResponse<String>> herd(String path, int replicas) {
        List<CompletableFuture<HttpResponse<String>>> herd = IntStream.range(0, HERD)
                .mapToObj(client -> stack.client().getAsync(stack.gateway(client % replicas), path))
                .toList();
        return herd.stream()
                .map(answer -> answer.orTimeout(60, TimeUnit.SECONDS).join())
                .toList();
    }

    /** Fetches at the first replica and waits until Redis has it, which no request of a client waits for. */
    private HttpResponse<String> fetchAndShare(String path) {
        int before = stack.redis().entries();
        HttpResponse<String> answer = stack.client().get(stack.gateway(0), path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(source(answer)).isEqualTo(Source.MISS);
        Eventually.await(
                Duration.ofSeconds(5), () -> stack.redis().entries() > before, () -> path + " never came to Redis");
        return answer;
    }

    private static String cold(String page) {
        return page + "?cold=" + UUID.randomUUID();
    }

    private static Source source(HttpResponse<String> answer) {
        String field = String.join(", ", answer.headers().allValues("Cache-Status"));
        return CacheStatus.of("weir", field).map(CacheStatus::source).orElse(Source.UNMARKED);
    }
}
