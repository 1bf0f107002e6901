package dev.weir.loadtest.client;

import java.net.URI;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The origins' own count of requests they answered: what a cache says of itself is not evidence. */
public final class OriginCounters {
    private static final String METRIC = "/actuator/metrics/origin.requests";
    private static final JsonMapper JSON = new JsonMapper();

    private final Visitor visitor;
    private final List<URI> origins;

    public OriginCounters(Visitor visitor, List<URI> origins) {
        this.visitor = visitor;
        this.origins = List.copyOf(origins);
    }

    public boolean areKnown() {
        return !origins.isEmpty();
    }

    /** Requests answered so far, all origins together; fails if one of them does not tell. */
    public Mono<Long> total() {
        return Flux.fromIterable(origins).flatMap(this::count).reduce(0L, Long::sum);
    }

    private Mono<Long> count(URI origin) {
        return visitor.visit(Errand.to(origin, METRIC)).map(visit -> {
            Answer answer = visit.answer()
                    .orElseThrow(
                            () -> new IllegalStateException(origin + " does not tell its count: " + visit.failure()));
            return switch (answer.status()) {
                case 200 -> count(JSON.readTree(answer.body().text()));
                case 404 -> 0L; // a counter that has not counted yet is not registered
                default -> throw new IllegalStateException(origin + METRIC + " answered " + answer.status());
            };
        });
    }

    static long count(JsonNode metric) {
        for (JsonNode measurement : metric.path("measurements")) {
            if (measurement.path("statistic").asString("").equals("COUNT")) {
                return measurement.path("value").asLong();
            }
        }
        throw new IllegalStateException("a metric without a COUNT: " + metric);
    }
}
