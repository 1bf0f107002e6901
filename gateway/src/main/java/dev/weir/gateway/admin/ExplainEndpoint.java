package dev.weir.gateway.admin;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.Freshness;
import dev.weir.gateway.policy.Lookup;
import dev.weir.gateway.policy.Reuse;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Trust;
import dev.weir.gateway.route.Route;
import dev.weir.gateway.route.RouteTable;
import dev.weir.gateway.store.ResponseStore;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /explain?url=…}: what this replica would do with a plain GET of that URL, and why. */
public final class ExplainEndpoint {

    private final Supplier<RouteTable> routes;
    private final ResponseStore store;
    private final Clock clock;

    public ExplainEndpoint(Supplier<RouteTable> routes, ResponseStore store, Clock clock) {
        this.routes = routes;
        this.store = store;
        this.clock = clock;
    }

    /** Answers; 400 for what is no absolute http or https URL. */
    public Mono<ServerResponse> handle(ServerRequest request) {
        Request asked = parse(request.queryParam("url").orElse(""));
        if (asked == null) {
            return Problems.of(400, "url: expected an absolute http or https URL, such as http://127.0.0.1:8080/blog/");
        }
        Route route = routes.get().match(asked);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("url", asked.url());
        if (route == null) {
            answer.put("next", "404: no route matches");
            return ok(answer);
        }
        answer.put("route", route.id());
        answer.put("action", route.action().toString());
        Lookup lookup = Lookup.decide(asked, route.cache());
        CacheKey key = CacheKey.of(asked, route.cache());
        answer.put("key", key.url());
        answer.put("standing", store.hasStanding());
        if (lookup.verdict() == Lookup.Verdict.FORWARD) {
            answer.put("next", "forwarded: " + lookup.reason());
            return ok(answer);
        }
        List<Map<String, Object>> memory = store.memory(key).stream()
                .map(stored -> row(stored, asked, route))
                .toList();
        answer.put("memory", memory);
        return store.peekShared(key, asked)
                .map(stored -> List.of(row(stored, asked, route)))
                .defaultIfEmpty(List.of())
                .flatMap(redis -> {
                    answer.put("redis", redis);
                    answer.put("next", next(memory, redis));
                    return ok(answer);
                });
    }

    private static Object next(List<Map<String, Object>> memory, List<Map<String, Object>> redis) {
        if (!memory.isEmpty()) {
            return "memory: " + memory.get(0).get("verdict") + " ("
                    + memory.get(0).get("reason") + ')';
        }
        return redis.isEmpty()
                ? "miss: nothing is stored"
                : "redis: " + redis.get(0).get("verdict") + " (" + redis.get(0).get("reason") + ')';
    }

    private Map<String, Object> row(StoredResponse stored, Request asked, Route route) {
        Trust trust = store.trust(stored);
        Reuse reuse = Reuse.decide(stored, asked, route.cache(), trust, clock.instant());
        Freshness freshness = Freshness.of(stored.head(), route.cache());
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("status", stored.status());
        row.put("verdict", reuse.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        row.put("reason", reuse.reason());
        row.put("age", reuse.age().toMillis() / 1000.0);
        row.put("lifetime", freshness.lifetime().toSeconds());
        row.put(
                "lifetime-from",
                freshness.source().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        row.put("ttl", reuse.ttl().toMillis() / 1000.0);
        row.put("trust", trust.name().toLowerCase(Locale.ROOT));
        row.put("fetched-at-seq", Long.toString(stored.provenance().position().seq()));
        row.put("received", stored.times().received().toString());
        row.put("varies-by", stored.variant().names());
        row.put("bytes", bytes(stored));
        row.put("selectors", selectors(stored));
        return row;
    }

    private static Map<String, Integer> bytes(StoredResponse stored) {
        Map<String, Integer> bytes = new LinkedHashMap<>();
        bytes.put("identity", stored.body().identity().length);
        stored.body().coded().forEach(form -> bytes.put(form.coding(), form.bytes().length));
        return bytes;
    }

    /** Each selector with the seq of the last purge that named it, or one that shares its slot; 0 for none. */
    private Map<String, String> selectors(StoredResponse stored) {
        Map<String, String> rows = new java.util.TreeMap<>();
        for (Selector selector : stored.provenance().selectors()) {
            String name = selector.kind().name().toLowerCase(Locale.ROOT)
                    + (selector.value().isEmpty() ? "" : " " + selector.value());
            rows.put(name, Long.toString(store.lastStruck(selector)));
        }
        return rows;
    }

    private static Mono<ServerResponse> ok(Map<String, Object> answer) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(answer);
    }

    private static @Nullable Request parse(String url) {
        try {
            URI uri = URI.create(url);
            String scheme = uri.getScheme();
            if (scheme == null
                    || uri.getRawAuthority() == null
                    || !scheme.toLowerCase(Locale.ROOT).matches("https?")) {
                return null;
            }
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            return new Request("GET", scheme, uri.getRawAuthority(), path, uri.getRawQuery(), Headers.empty());
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
