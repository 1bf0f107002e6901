package dev.weir.gateway.purge;

import dev.weir.gateway.policy.LogPosition;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * The one ordered log of purges that all replicas fold into their {@link Generations}. Two homes: a Redis stream, or
 * this process alone.
 */
public interface PurgeLog {

    /**
     * Writes a purge down. Whoever subscribes owns the outcome; not retried inside.
     *
     * @return where it stands; fails with {@link NotRecordedException} when it can't be known to be in the log, with
     *     {@link IdTakenException} when its id stands for another purge
     */
    Mono<LogPosition> record(Purge purge);

    /**
     * Waits until every registered replica has applied the log up to that position or has lost its standing.
     *
     * @param atMost after which the answer is what is known by then
     * @return one row a replica; never fails
     */
    Mono<List<ReplicaState>> awaitApplied(LogPosition position, Duration atMost);

    /** All registered replicas as they stand now; {@link NotRecordedException} when the registry can't be read. */
    Mono<List<ReplicaState>> replicas();

    /** Whether this replica may rely on what it knows of the log, at this moment. Cheap: asked for every request. */
    Standing standing();

    /**
     * One replica with respect to a position.
     *
     * @param applied how far it has folded the log, as it last reported
     * @param took milliseconds from recording to its report of having applied; -1 where it has not
     */
    record ReplicaState(String replica, Status status, LogPosition applied, long took) {

        public enum Status {
            APPLIED,
            /** Has not applied it, but can no longer use without validation what it fetched before: it holds there too. */
            FENCED,
            OPEN
        }
    }

    /** A purge of other content has that id. */
    final class IdTakenException extends RuntimeException {

        public IdTakenException(String id) {
            super("purge id " + id + " stands for a purge of another mode or other selectors", null, false, false);
        }
    }

    /** The log can't be reached, or refused the write. */
    final class NotRecordedException extends RuntimeException {

        public NotRecordedException(String reason) {
            super(reason, null, false, false);
        }
    }
}
