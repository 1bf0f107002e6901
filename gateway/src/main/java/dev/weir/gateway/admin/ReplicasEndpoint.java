package dev.weir.gateway.admin;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.PurgeLog;
import dev.weir.gateway.purge.PurgeLog.ReplicaState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.function.TupleUtils;
import reactor.math.MathFlux;

/** {@code GET /replicas}: who is registered, how far each has applied the log, and whether this one has standing. */
public final class ReplicasEndpoint {

    private final String self;
    private final PurgeLog log;
    private final Generations generations;

    public ReplicasEndpoint(String self, PurgeLog log, Generations generations) {
        this.self = self;
        this.log = log;
        this.generations = generations;
    }

    /** Answers; 503 when the registry can't be read. */
    public Mono<ServerResponse> handle(ServerRequest request) {
        return log.replicas()
                .flatMap(replicas -> Mono.zip(Mono.just(replicas), behind(replicas)))
                .flatMap(TupleUtils.function(this::answer))
                .onErrorResume(
                        PurgeLog.NotRecordedException.class,
                        failure -> Problems.unavailable("The registry can't be read: " + failure.getMessage()));
    }

    private Mono<ServerResponse> answer(List<ReplicaState> replicas, long behind) {
        LogPosition applied = generations.applied();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("self", self);
        answer.put("standing", log.standing().holdsAt(System.nanoTime()));
        answer.put("run", applied.run());
        answer.put("applied", Long.toString(applied.seq()));
        answer.put("behind", behind);
        answer.put("replicas", replicas.stream().map(ReplicasEndpoint::row).toList());
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(answer);
    }

    /** How many replicas have not applied what the furthest one has. */
    private static Mono<Long> behind(List<ReplicaState> replicas) {
        Flux<Long> applied =
                Flux.fromIterable(replicas).map(replica -> replica.applied().seq());
        return MathFlux.max(applied)
                .map(furthest -> replicas.stream()
                        .filter(replica -> replica.applied().seq() < furthest)
                        .count())
                .defaultIfEmpty(0L);
    }

    /** One replica for people and programs; seq as text, since JSON numbers lose digits beyond 2^53. */
    static Map<String, Object> row(ReplicaState replica) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("replica", replica.replica());
        row.put("status", replica.status().name().toLowerCase(Locale.ROOT));
        row.put("applied", Long.toString(replica.applied().seq()));
        return row;
    }
}
