package dev.weir.gateway.admin;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Errors of the admin API, as {@code application/problem+json} (RFC 9457). */
final class Problems {

    private Problems() {}

    static Mono<ServerResponse> of(int status, String detail) {
        return with(ServerResponse.status(status), status, detail);
    }

    static Mono<ServerResponse> unauthorized(AdminKey key) {
        String detail = key.isConfigured()
                ? "Authorization: expected Bearer and the admin key"
                : "No admin key is configured, so writes are refused; start the gateway with WEIR_ADMIN_KEY";
        return with(ServerResponse.status(401).header("WWW-Authenticate", "Bearer"), 401, detail);
    }

    static Mono<ServerResponse> unavailable(String detail) {
        return with(ServerResponse.status(503).header("Retry-After", "1"), 503, detail);
    }

    private static Mono<ServerResponse> with(ServerResponse.BodyBuilder builder, int status, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), detail);
        return builder.contentType(MediaType.APPLICATION_PROBLEM_JSON).bodyValue(problem);
    }
}
