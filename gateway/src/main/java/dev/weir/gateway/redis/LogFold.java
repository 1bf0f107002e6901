package dev.weir.gateway.redis;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.Standing;
import java.time.Duration;

/**
 * Folds the log into the table and says what that is worth: the standing. Written by the log's thread alone.
 *
 * <p>A heartbeat grants standing only if, with its answer, the log has been read to the end that the same answer names,
 * and only until {@code maxAge} after it was sent. So whoever has standing has applied everything that was in the log at
 * some moment less than {@code maxAge} ago; {@link Registry} builds on exactly that.
 *
 * <p>Standing covers what was fetched under the same run and not before the oldest entry this replica could read: on a
 * new run everything older is to be validated; after a gap, when entries were trimmed off before they were read, it is not
 * to be used at all, for one of them may have been hard. Purges already known stay in the table, whatever becomes of the log.
 */
final class LogFold {

    private final Generations generations;
    private final long maxAgeNanos;
    private final LogCounts counts = new LogCounts();
    private final Recents recents;

    private String run = Row.NO_RUN;
    private String cursor = StreamId.ZERO;
    private long firstRetained;
    private volatile Standing standing = Standing.none();

    LogFold(Generations generations, Duration maxAge) {
        this.generations = generations;
        this.maxAgeNanos = maxAge.toNanos();
        this.recents = new Recents(maxAge);
    }

    LogCounts counts() {
        return counts;
    }

    /** As last granted; whether it still holds is for the reader to compare with the time. Any thread. */
    Standing standing() {
        return standing;
    }

    void end() {
        standing = Standing.none();
    }

    /**
     * A heartbeat, whether or not it is answered.
     *
     * @param nanos the time
     * @param againNanos within which there will be another
     */
    void tick(long nanos, long againNanos) {
        recents.tick(generations.tick(), nanos);
        standing = standing.with(recents.until(nanos, againNanos));
    }

    String run() {
        return run;
    }

    /** The last entry applied, which reading goes on from. */
    String cursor() {
        return cursor;
    }

    /**
     * Applies one answer.
     *
     * @param sentNanos when the question was sent
     * @return whether this moved on, so that there is something to report and perhaps more to read
     */
    boolean fold(SyncAnswer answer, long sentNanos) {
        recents.confirmed(sentNanos);
        boolean moved = follow(answer);
        for (SyncAnswer.Entry entry : answer.entries()) {
            generations.apply(PurgeCodec.decode(entry.payload()), new LogPosition(run, StreamId.seq(entry.id())));
            cursor = entry.id();
            counts.applied.increment();
            moved = true;
        }
        if (answer.entries().isEmpty() && !cursor.equals(answer.last())) {
            // nothing to read, though something was written: trimmed away, and follow() has drawn the line
            cursor = answer.last();
            generations.advance(new LogPosition(run, StreamId.seq(cursor)));
            moved = true;
        }
        if (cursor.equals(answer.last())) {
            standing = new Standing(run, firstRetained, sentNanos + maxAgeNanos, standing.recent());
        }
        return moved;
    }

    private boolean follow(SyncAnswer answer) {
        if (!answer.run().equals(run)) {
            standing = Standing.none().with(standing.recent());
            run = answer.run();
            cursor = StreamId.ZERO;
            firstRetained = answer.firstRetained();
            if (firstRetained > 0) {
                missed();
            }
            generations.advance(new LogPosition(run, 0));
            counts.runs.increment();
            return true;
        }
        if (answer.firstRetained() > StreamId.seq(cursor)) {
            firstRetained = answer.firstRetained();
            missed();
            counts.gaps.increment();
        }
        return false;
    }

    /** There were purges that will never be read here, and the next row will say that they are behind this replica. */
    private void missed() {
        standing = Standing.none();
        recents.forget();
        generations.missed();
    }
}
