package dev.weir.gateway.redis;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.purge.PurgeLog.ReplicaState;
import dev.weir.gateway.purge.PurgeLog.ReplicaState.Status;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What this replica has seen of all replicas' rows, and what follows from it. The log's thread only.
 *
 * <p><b>When is a replica fenced?</b> When it has certainly lost its standing, or has won it anew by applying what is
 * waited for. Each of its heartbeats changes its row. Suppose its row was seen at {@code t1} (answer received) and is
 * the same in an answer to a question sent at {@code t2}. Then no heartbeat of it reached the master in between, so any
 * standing it has dates from one that was sent before {@code t1} and ends before {@code t1 + maxAge}. If {@code t2} is
 * later than that, and the purge was in the log before the question was sent, then a heartbeat of it from now on is
 * answered with that purge, and {@link LogFold} grants nothing before it is applied. Without standing it still uses what
 * it fetched less than {@code maxAge} ago ({@link Recents}): so for a purge {@code t2} must also be as much later than its
 * recording.
 *
 * <p><b>A new run</b> may have lost rows with what else it lost, and the registry may be lost alone, by eviction: a replica
 * sees that by its own row. Who had one is still waited for until it is back or is known to be fenced.
 *
 * <p>Both times are this process' own monotonic clock. A key with a time to live would say the same a little sooner, but
 * it would put the promise in the hands of the server's wall clock and of its eviction policy, which takes keys that
 * have a time to live first. The margin covers clocks that run at different speeds.
 */
final class Registry {

    /** Lost for so many times {@code maxAge}, a replica's row is removed. */
    static final int FORGOTTEN_AFTER = 12;

    private static final int CLOCK_DRIFT_MARGIN = 100;

    private final long fencedAfterNanos;
    private Map<String, Seen> rows = new HashMap<>();
    private String run = Row.NO_RUN;

    private record Seen(String text, Row row, long sinceNanos, boolean isLost) {

        Seen lost() {
            return new Seen(text, row, sinceNanos, true);
        }

        Seen found() {
            return new Seen(text, row, sinceNanos, false);
        }
    }

    /** A row to be removed from the registry, if it is still this one. */
    record Forgotten(String replica, String text) {}

    Registry(Duration maxAge) {
        long nanos = maxAge.toNanos();
        this.fencedAfterNanos = nanos + nanos / CLOCK_DRIFT_MARGIN;
    }

    /** The rows of before may be gone without their replicas: they are waited for all the same. */
    void lost() {
        rows.replaceAll((replica, seen) -> seen.lost());
    }

    /** Takes in all rows of one answer, at the time it was received. */
    void update(String answeringRun, Map<String, String> answered, long receivedNanos) {
        if (!answeringRun.equals(run)) {
            lost();
        }
        run = answeringRun;
        Map<String, Seen> fresh = new HashMap<>();
        rows.forEach((replica, seen) -> {
            if (seen.isLost && receivedNanos - seen.sinceNanos < FORGOTTEN_AFTER * fencedAfterNanos) {
                fresh.put(replica, seen);
            }
        });
        answered.forEach((replica, text) -> {
            Seen before = rows.get(replica);
            fresh.put(replica, before != null && before.text.equals(text) ? before.found() : seen(text, receivedNanos));
        });
        rows = fresh;
    }

    private static Seen seen(String text, long receivedNanos) {
        Row row = Row.parse(text);
        // A row of another version is open as long as it changes, and fenced when it does no more.
        return new Seen(text, row == null ? new Row(Row.NO_RUN, StreamId.ZERO, 0, 0, "") : row, receivedNanos, false);
    }

    /**
     * All replicas with respect to a position.
     *
     * @param sentNanos when the question was sent whose answer was taken in last
     */
    List<ReplicaState> states(LogPosition position, long sentNanos) {
        return states(position, seen -> sentNanos - seen.sinceNanos >= fencedAfterNanos);
    }

    /**
     * The same for a purge.
     *
     * @param recordedNanos when it was certainly in the log
     */
    List<ReplicaState> statesFor(LogPosition position, long recordedNanos, long sentNanos) {
        return states(
                position,
                seen -> sentNanos - seen.sinceNanos >= fencedAfterNanos
                        && sentNanos - recordedNanos >= fencedAfterNanos);
    }

    /** The same where no question was sent since the purge was recorded: who has not applied it is open. */
    List<ReplicaState> unproven(LogPosition position) {
        return states(position, seen -> false);
    }

    private List<ReplicaState> states(LogPosition position, Predicate<Seen> isFenced) {
        return rows.entrySet().stream()
                .map(row -> state(row.getKey(), row.getValue(), position, isFenced))
                .sorted(Comparator.comparing(ReplicaState::replica))
                .toList();
    }

    private static ReplicaState state(String replica, Seen seen, LogPosition position, Predicate<Seen> isFenced) {
        LogPosition applied = new LogPosition(seen.row.run(), seen.row.seq());
        if (applied.isSameRun(position) && applied.seq() >= position.seq()) {
            long took = Math.max(0, seen.row.at() - StreamId.millis(position.seq()));
            return new ReplicaState(replica, Status.APPLIED, applied, took);
        }
        return new ReplicaState(replica, isFenced.test(seen) ? Status.FENCED : Status.OPEN, applied, -1);
    }

    /** One replica that has been silent for long; null where there is none. */
    @Nullable Forgotten forgotten(long sentNanos) {
        return rows.entrySet().stream()
                .filter(row -> !row.getValue().isLost)
                .filter(row -> sentNanos - row.getValue().sinceNanos >= FORGOTTEN_AFTER * fencedAfterNanos)
                .findFirst()
                .map(row -> new Forgotten(row.getKey(), row.getValue().text))
                .orElse(null);
    }
}
