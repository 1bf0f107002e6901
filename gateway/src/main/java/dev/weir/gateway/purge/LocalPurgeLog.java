package dev.weir.gateway.purge;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Selector;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * The log of a gateway that runs alone: nothing to reach, nothing to lose, so its standing never ends. A purge is applied
 * before {@link #record} answers.
 */
public final class LocalPurgeLog implements PurgeLog {

    /** How many purge ids are remembered, so that one sent twice strikes once. */
    private static final int REMEMBERED = 10_000;

    private record Recorded(Purge.Mode mode, Set<Selector> selectors, LogPosition at) {}

    private final String replica;
    private final Generations generations;
    private final Standing standing;
    private final Map<String, Recorded> recorded = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Recorded> eldest) {
            return size() > REMEMBERED;
        }
    };
    private LogPosition last;

    /**
     * A log of its own.
     *
     * @param generations to apply to; made with {@link #start()}
     */
    public LocalPurgeLog(String replica, Generations generations) {
        this.replica = replica;
        this.generations = generations;
        this.last = generations.applied();
        this.standing = Standing.unending(last.run());
    }

    /** Where a log of a lone process begins. */
    public static LogPosition start() {
        return new LogPosition("local-" + UUID.randomUUID(), 0);
    }

    @Override
    public Mono<LogPosition> record(Purge purge) {
        return Mono.fromSupplier(() -> append(purge));
    }

    private synchronized LogPosition append(Purge purge) {
        Recorded known = recorded.get(purge.id());
        Set<Selector> selectors = Set.copyOf(purge.selectors());
        if (known != null) {
            if (known.mode() != purge.mode() || !known.selectors().equals(selectors)) {
                throw new IdTakenException(purge.id());
            }
            return known.at();
        }
        last = new LogPosition(last.run(), last.seq() + 1);
        generations.apply(purge, last);
        recorded.put(purge.id(), new Recorded(purge.mode(), selectors, last));
        return last;
    }

    @Override
    public Mono<List<ReplicaState>> awaitApplied(LogPosition position, Duration atMost) {
        return replicas();
    }

    @Override
    public Mono<List<ReplicaState>> replicas() {
        return Mono.fromSupplier(
                () -> List.of(new ReplicaState(replica, ReplicaState.Status.APPLIED, generations.applied(), 0)));
    }

    @Override
    public Standing standing() {
        return standing;
    }
}
