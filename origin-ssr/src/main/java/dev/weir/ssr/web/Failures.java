package dev.weir.ssr.web;

import dev.weir.ssr.render.RenderFailure;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The answer when there is none: a plain page or a problem detail, never stored, which tells clients nothing inside. */
public final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private final JsonMapper mapper;

    public Failures(JsonMapper mapper) {
        this.mapper = mapper;
    }

    Mono<ServerResponse> guard(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return Mono.defer(() -> next.handle(request)).onErrorResume(error -> answer(request, error));
    }

    private Mono<ServerResponse> answer(ServerRequest request, Throwable error) {
        HttpStatus status = status(error);
        if (status == HttpStatus.INTERNAL_SERVER_ERROR && !(error instanceof RenderFailure)) {
            LOG.error("{} {} failed", request.method(), request.path(), error);
        }
        String detail = status == HttpStatus.SERVICE_UNAVAILABLE
                ? "The site is busy. Please try again in a moment."
                : status.is4xxClientError() ? "The request could not be understood." : "Something went wrong here.";
        return Answers.answer(request, content(request, status, detail));
    }

    private Content content(ServerRequest request, HttpStatus status, String detail) {
        if (request.path().startsWith("/api/")) {
            return Content.problem(status.value(), mapper.writeValueAsBytes(Problem.of(status, detail)));
        }
        String title = status.getReasonPhrase();
        String page = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>" + title + "</title></head>"
                + "<body><h1>" + title + "</h1><p>" + detail + "</p>"
                + "<p><a href=\"/spells\">All spells</a></p></body></html>";
        return Content.failurePage(status.value(), page.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpStatus status(Throwable error) {
        if (error instanceof RenderFailure failure) {
            return switch (failure.kind()) {
                case OVERLOADED, UNAVAILABLE, TIMED_OUT -> HttpStatus.SERVICE_UNAVAILABLE;
                case OUT_OF_MEMORY, SCRIPT -> HttpStatus.INTERNAL_SERVER_ERROR;
            };
        }
        if (error instanceof RejectedExecutionException) {
            // The database's scheduler has no room left.
            return HttpStatus.SERVICE_UNAVAILABLE;
        }
        if (error instanceof ResponseStatusException declared) {
            return HttpStatus.valueOf(declared.getStatusCode().value());
        }
        return HttpStatus.INTERNAL_SERVER_ERROR;
    }
}
