package dev.weir.ssr.web;

import static org.springframework.web.reactive.function.server.RequestPredicates.all;
import static org.springframework.web.reactive.function.server.RequestPredicates.methods;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import java.net.URI;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Which address leads where; the first line that fits is taken. */
public final class SiteRoutes {
    private static final RequestPredicate READ = methods(HttpMethod.GET, HttpMethod.HEAD);

    private SiteRoutes() {}

    /** Returns the routes of the whole site. */
    public static RouterFunction<ServerResponse> of(
            Pages pages, Api api, Writes writes, Assets assets, Failures failures) {
        return RouterFunctions.route()
                .filter(failures::guard)
                .route(READ.and(path("/spells")), pages::list)
                .route(READ.and(path("/spells/{id}")), pages::detail)
                .route(READ.and(path("/api/spells")), api::list)
                .route(READ.and(path("/api/spells/{id}")), api::detail)
                .PUT("/api/spells/{id}", writes::put)
                .route(READ.and(path("/assets/{file}")), assets::serve)
                .route(READ.and(path("/")), SiteRoutes::home)
                .route(READ, pages::missing)
                .route(all(), SiteRoutes::notAllowed)
                .build();
    }

    private static Mono<ServerResponse> home(ServerRequest request) {
        return ServerResponse.temporaryRedirect(URI.create("/spells"))
                .header("Cache-Control", "public, max-age=60")
                .build();
    }

    private static Mono<ServerResponse> notAllowed(ServerRequest request) {
        boolean spell = path("/api/spells/{id}").test(request);
        return ServerResponse.status(405)
                .header("Allow", spell ? "GET, HEAD, PUT" : "GET, HEAD")
                .header("Cache-Control", "no-store")
                .build();
    }
}
