package dev.weir.blog.web;

import dev.weir.blog.page.Addresses;
import dev.weir.blog.page.Body;
import dev.weir.blog.page.Freshness;
import dev.weir.blog.page.Page;
import dev.weir.blog.page.Snapshot;
import java.net.URI;
import java.time.Clock;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Every request that is not the actuator's, answered from one snapshot. Runs on event loops and never waits.
 *
 * <p>The server cuts the body off a HEAD answer and keeps its Content-Length, so HEAD and GET share all code.
 */
public final class BlogHandler {
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final MediaType HTML = MediaType.parseMediaType("text/html; charset=utf-8");

    private final Supplier<Snapshot> current;
    private final Clock clock;

    public BlogHandler(Supplier<Snapshot> current, Clock clock) {
        this.current = current;
        this.clock = clock;
    }

    public Mono<ServerResponse> answer(ServerRequest request) {
        if (!METHODS.contains(request.method())) {
            return begin(HttpStatus.METHOD_NOT_ALLOWED, "no-store")
                    .allow(METHODS)
                    .build();
        }
        Target target = Target.of(request.uri());
        if (target.path().equals(Addresses.BASE)) {
            return begin(HttpStatus.PERMANENT_REDIRECT, Freshness.REDIRECT)
                    .header(FieldNames.SURROGATE_KEY, MissingTags.of(target.path()))
                    .location(URI.create(Addresses.LIST))
                    .build();
        }
        Snapshot snapshot = current.get();
        Page page = target.page() == 0 ? null : snapshot.find(target.path(), target.page());
        return page == null ? notFound(snapshot, target) : send(page, request);
    }

    private Mono<ServerResponse> send(Page page, ServerRequest request) {
        Preconditions.Verdict verdict = Preconditions.check(
                request.headers().asHttpHeaders(), page.body().etag(), page.lastModified());
        return switch (verdict) {
            case SEND ->
                write(head(HttpStatus.OK, page).contentType(MediaType.parseMediaType(page.type())), page.body());
            // RFC 9110 §15.4.5: all that a 200 would carry and a cache needs to update what it has stored
            case NOT_MODIFIED -> head(HttpStatus.NOT_MODIFIED, page).build();
            case FAILED -> begin(HttpStatus.PRECONDITION_FAILED, "no-store").build();
        };
    }

    private Mono<ServerResponse> notFound(Snapshot snapshot, Target target) {
        return write(
                begin(HttpStatus.NOT_FOUND, Freshness.NOT_FOUND)
                        .contentType(HTML)
                        .header(FieldNames.SURROGATE_KEY, MissingTags.of(target.path())),
                snapshot.notFound());
    }

    private ServerResponse.BodyBuilder head(HttpStatus status, Page page) {
        ServerResponse.BodyBuilder answer = begin(status, page.freshness())
                .eTag(page.body().etag())
                .header(FieldNames.SURROGATE_KEY, page.surrogateKey());
        return page.lastModified() == null ? answer : answer.lastModified(page.lastModified());
    }

    private ServerResponse.BodyBuilder begin(HttpStatus status, String freshness) {
        return ServerResponse.status(status)
                .header(HttpHeaders.CACHE_CONTROL, freshness)
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", FieldNames.CONTENT_SECURITY)
                .header("Referrer-Policy", "strict-origin-when-cross-origin")
                // RFC 9110 §6.6.1: an origin with a clock sends Date; caches count age from it
                .headers(headers -> headers.setDate(clock.millis()));
    }

    private static Mono<ServerResponse> write(ServerResponse.BodyBuilder answer, Body body) {
        return answer.contentLength(body.length())
                .body((message, context) -> message.writeWith(
                        Mono.fromSupplier(() -> message.bufferFactory().wrap(body.view()))));
    }
}
