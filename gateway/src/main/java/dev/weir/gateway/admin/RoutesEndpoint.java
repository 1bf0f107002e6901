package dev.weir.gateway.admin;

import dev.weir.gateway.route.Problem;
import dev.weir.gateway.route.Reload;
import dev.weir.gateway.route.Route;
import dev.weir.gateway.route.RouteTable;
import dev.weir.gateway.route.RouteWatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code GET /routes}: what is on duty; {@code POST /routes/reload}: read the file now. */
public final class RoutesEndpoint {

    private final RouteWatcher watcher;
    private final AdminKey key;

    public RoutesEndpoint(RouteWatcher watcher, AdminKey key) {
        this.watcher = watcher;
        this.key = key;
    }

    /** The table on duty. */
    public Mono<ServerResponse> show(ServerRequest request) {
        RouteTable table = watcher.current();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("source", table.source());
        answer.put("version", table.version());
        answer.put("routes", table.routes().stream().map(RoutesEndpoint::row).toList());
        answer.put("origins", origins(table));
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(answer);
    }

    private static Map<String, Object> row(Route route) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", route.id());
        row.put("match", route.match().toString());
        row.put("action", route.action().toString());
        return row;
    }

    private static Map<String, List<String>> origins(RouteTable table) {
        Map<String, List<String>> origins = new LinkedHashMap<>();
        table.origins()
                .forEach((name, spec) -> origins.put(
                        name, spec.urls().stream().map(Object::toString).toList()));
        return origins;
    }

    /** Reads the file, which blocks, so on a worker; 422 with all problems when it is refused. */
    public Mono<ServerResponse> reload(ServerRequest request) {
        if (!key.admits(request.headers().firstHeader("Authorization"))) {
            return Problems.unauthorized(key);
        }
        return Mono.fromCallable(watcher::reload)
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(RoutesEndpoint::answer);
    }

    private static Mono<ServerResponse> answer(Reload reload) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("result", reload.outcome().name().toLowerCase(Locale.ROOT));
        answer.put("version", reload.version());
        answer.put("changes", reload.changes().toString());
        answer.put("problems", reload.problems().stream().map(Problem::toString).toList());
        return ServerResponse.status(reload.outcome() == Reload.Outcome.REFUSED ? 422 : 200)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(answer);
    }
}
