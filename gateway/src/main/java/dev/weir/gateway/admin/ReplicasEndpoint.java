package dev.weir.gateway.admin;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.PurgeLog;
import dev.weir.gateway.purge.PurgeLog.ReplicaState;
import dev.weir.gateway.purge.Standing;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

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
                .flatMap(replicas -> {
                    Standing standing = log.standing();
                    LogPosition applied = generations.applied();
                    Map<String, Object> answer = new LinkedHashMap<>();
                    answer.put("self", self);
                    answer.put("standing", standing.holdsAt(System.nanoTime()));
                    answer.put("run", applied.run());
                    answer.put("applied", Long.toString(applied.seq()));
                    answer.put(
                            "replicas",
                            replicas.stream().map(ReplicasEndpoint::row).toList());
                    return ServerResponse.ok()
                            .contentType(MediaType.APPLICATION_JSON)
                            .bodyValue(answer);
                })
                .onErrorResume(
                        PurgeLog.NotRecordedException.class,
                        failure -> Problems.unavailable("The registry can't be read: " + failure.getMessage()));
    }

    /** One replica for people and programs; seq as text, since JSON numbers lose digits beyond 2^53. */
    static Map<String, Object> row(ReplicaState replica) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("replica", replica.replica());
        row.put("status", replica.status().name().toLowerCase(Locale.ROOT));
        row.put("applied", Long.toString(replica.applied().seq()));
        if (replica.took() >= 0) {
            row.put("ms", replica.took());
        }
        return row;
    }
}
