package dev.weir.ssr.web;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Turns content into the answer to a request: validator, 304, tags and protection. HEAD loses its body in the server. */
final class Answers {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private Answers() {}

    static Mono<ServerResponse> answer(ServerRequest request, Content content) {
        boolean whole = content.status() == 200;
        String tag = EntityTag.of(content.bytes());
        // WebFlux would answer 304 by the ETag field too; deciding it here keeps the rule and its fields in sight.
        boolean unchanged = whole && EntityTag.matches(request.headers().header(HttpHeaders.IF_NONE_MATCH), tag);
        ServerResponse.BodyBuilder response =
                ServerResponse.status(unchanged ? HttpStatus.NOT_MODIFIED.value() : content.status());
        response.headers(headers -> {
            headers.set(HttpHeaders.CACHE_CONTROL, content.cacheControl());
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Content-Security-Policy", POLICY);
            if (whole) {
                headers.set(HttpHeaders.ETAG, tag);
            }
            if (!content.tags().isEmpty()) {
                headers.set("Surrogate-Key", String.join(" ", content.tags()));
            }
            if (content.status() == 503) {
                headers.set(HttpHeaders.RETRY_AFTER, "1");
            }
        });
        return unchanged
                ? response.build()
                : response.contentType(content.type()).bodyValue(content.bytes());
    }
}
