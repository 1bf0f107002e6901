package dev.weir.gateway.admin;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.purge.Invalidations;
import dev.weir.gateway.purge.Purge;
import dev.weir.gateway.purge.PurgeLog;
import dev.weir.gateway.purge.PurgeLog.ReplicaState;
import dev.weir.gateway.route.RouteTable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /purge[?wait=2s]}. 200: every replica has applied it or may serve nothing unvalidated. 202: it is in the
 * log, the replicas named are still open. 503: it could not be recorded; it holds in this replica only, try again under
 * the same id.
 */
public final class PurgeEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(PurgeEndpoint.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final PurgeLog log;
    private final Invalidations invalidations;
    private final Supplier<RouteTable> routes;
    private final AdminKey key;
    private final Duration defaultWait;
    private final JsonMapper mapper;

    /**
     * An endpoint with its own settings.
     *
     * @param purges where purges are written down and applied
     * @param routes the table on duty, by which URLs become keys
     * @param defaultWait for the replicas, where the request does not say
     */
    public PurgeEndpoint(
            Purges purges, Supplier<RouteTable> routes, AdminKey key, Duration defaultWait, JsonMapper mapper) {
        this.log = purges.log();
        this.invalidations = purges.invalidations();
        this.routes = routes;
        this.key = key;
        this.defaultWait = defaultWait;
        this.mapper = mapper;
    }

    /** The log, and what holds here and is tried again where the log cannot take a purge. */
    public record Purges(PurgeLog log, Invalidations invalidations) {}

    /** Answers; errors as problem+json. */
    public Mono<ServerResponse> handle(ServerRequest request) {
        if (!key.admits(request.headers().firstHeader("Authorization"))) {
            return Problems.unauthorized(key);
        }
        Duration wait = wait(request.queryParam("wait").orElse(null));
        if (wait == null) {
            return Problems.of(400, "wait: expected a duration of at most 60s, such as 2s");
        }
        return request.bodyToMono(byte[].class)
                .defaultIfEmpty(new byte[0])
                .map(body -> PurgeRequest.read(mapper, body, routes.get()::key))
                .flatMap(purge -> purge(purge, wait))
                .onErrorResume(PurgeRequest.InvalidException.class, wrong -> Problems.of(400, wrong.problem()))
                .onErrorResume(DataBufferLimitException.class, large -> Problems.of(413, "The body is too large"));
    }

    private @Nullable Duration wait(@Nullable String text) {
        if (text == null) {
            return defaultWait;
        }
        try {
            Duration wait = DurationStyle.SIMPLE.parse(text);
            return wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0 ? null : wait;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private Mono<ServerResponse> purge(Purge purge, Duration wait) {
        return log.record(purge)
                .flatMap(position ->
                        log.awaitApplied(position, wait).flatMap(replicas -> recorded(purge, position, replicas)))
                .onErrorResume(
                        PurgeLog.IdTakenException.class,
                        taken -> Problems.of(409, "id: " + taken.getMessage() + " (expected: an id of its own)"))
                .onErrorResume(PurgeLog.NotRecordedException.class, failure -> {
                    // under an id of its own: whoever repeats this one means what is stored by then as well
                    invalidations
                            .strike(purge.mode(), purge.selectors(), purge.cause())
                            .subscribe(); // owner: the invalidations, which go on by themselves
                    LOG.warn("Purge {} could not be recorded: {}", purge.id(), failure.getMessage());
                    return Problems.unavailable(
                            "Purge " + purge.id() + " could not be recorded (" + failure.getMessage()
                                    + "). It holds in this replica only until it is: repeat it under the same id.");
                });
    }

    private static Map<String, Object> row(ReplicaState replica) {
        Map<String, Object> row = ReplicasEndpoint.row(replica);
        if (replica.took() >= 0) {
            row.put("ms", replica.took());
        }
        return row;
    }

    private static Mono<ServerResponse> recorded(Purge purge, LogPosition position, List<ReplicaState> replicas) {
        boolean applied = replicas.stream().noneMatch(replica -> replica.status() == ReplicaState.Status.OPEN);
        LOG.info(
                "Purge {} ({}, {} selectors) at {}: {}",
                purge.id(),
                purge.mode(),
                purge.selectors().size(),
                position.seq(),
                applied ? "applied" : "recorded");
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", purge.id());
        answer.put("result", applied ? "applied" : "recorded");
        answer.put("seq", Long.toString(position.seq()));
        answer.put("run", position.run());
        answer.put("replicas", replicas.stream().map(PurgeEndpoint::row).toList());
        return ServerResponse.status(applied ? 200 : 202)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(answer);
    }
}
