package dev.weir.gateway.fault;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.ScriptedOrigin;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An origin whose pages have editions. What it answers is settled when it is asked, also where the test holds the answer
 * back: so a held answer is of the edition that was current when its request came.
 */
final class Editions implements AutoCloseable {

    private final ScriptedOrigin origin = new ScriptedOrigin();
    private final Map<String, String> current = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> held = new ConcurrentHashMap<>();

    String url() {
        return origin.url();
    }

    /** That page is of that edition from now on, fresh for ten minutes, with a strong validator and a tag. */
    void publish(String path, String edition) {
        current.put(path, edition);
        origin.on(path, (request, response) -> answer(path, request, response));
    }

    private Publisher<Void> answer(String path, HttpServerRequest request, HttpServerResponse response) {
        String edition = current.getOrDefault(path, "");
        String entityTag = '"' + edition + '"';
        response.header("Cache-Control", "public, max-age=600")
                .header("ETag", entityTag)
                .header("Surrogate-Key", tag(path));
        boolean same = entityTag.equals(request.requestHeaders().get("If-None-Match"));
        Publisher<Void> answer = same ? response.status(304).send() : ScriptedOrigin.text(response, edition);
        CompletableFuture<Void> release = held.get(path);
        return release == null ? answer : Mono.fromFuture(release, true).then(Mono.from(answer));
    }

    /** The tag of that page. */
    static String tag(String path) {
        return path.substring(1).replace('/', '-');
    }

    /** Answers to requests for that page that come from now on wait until the test lets them go. */
    void hold(String path) {
        held.put(path, new CompletableFuture<>());
    }

    /** Requests that come from now on are answered at once; those that wait, wait on. */
    CompletableFuture<Void> answerOthers(String path) {
        CompletableFuture<Void> release = held.remove(path);
        if (release == null) {
            throw new IllegalStateException(path + " is not held");
        }
        return release;
    }

    int count(String path) {
        return origin.count(path);
    }

    void awaitAsked(String path, int times) {
        Eventually.get(() -> origin.count(path), count -> count >= times);
    }

    /** The fields of each request for that page, names in lower case. */
    List<Map<String, String>> requests(String path) {
        return origin.requests(path);
    }

    @Override
    public void close() {
        origin.close();
    }
}
