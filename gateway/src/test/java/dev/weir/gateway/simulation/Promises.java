package dev.weir.gateway.simulation;

import dev.weir.gateway.flow.Reply;
import dev.weir.gateway.observe.Outcome;
import dev.weir.gateway.purge.Purge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been promised: a purge that was answered applied was asked for at some time, and no request whose head is read
 * from now on may get what was asked of the origin before that time. One that could not be recorded is a promise of the
 * replica that said so.
 */
final class Promises {

    /**
     * The time, in the world's ns, before which nothing may have been asked for.
     *
     * @param soft it may be served as stale
     */
    record Floor(long confirmed, long soft) {

        static final Floor NONE = new Floor(Long.MIN_VALUE, Long.MIN_VALUE);

        Floor with(Purge.Mode mode, long asked) {
            return mode == Purge.Mode.SOFT
                    ? new Floor(confirmed, Math.max(soft, asked))
                    : new Floor(Math.max(confirmed, asked), soft);
        }

        Floor and(Floor other) {
            return new Floor(Math.max(confirmed, other.confirmed), Math.max(soft, other.soft));
        }
    }

    /**
     * A purge that a replica knows of.
     *
     * @param since when that was known
     */
    private record Known(String path, Purge.Mode mode, long asked, long since) {

        boolean isOf(String struck, long before, long by) {
            return path.equals(struck) && since < by && before < asked;
        }
    }

    private final List<Known> known = new ArrayList<>();
    private final Map<String, Floor> byPage = new HashMap<>();

    void made(Page page, Purge.Mode mode, long asked) {
        byPage.merge(page.path, Floor.NONE.with(mode, asked), Floor::and);
    }

    /** What holds for a request whose head is read now. */
    Floor floor(Page page) {
        return byPage.getOrDefault(page.path, Floor.NONE);
    }

    /** This replica says so of itself, or others do. */
    void known(Page page, Purge.Mode mode, long asked, long now) {
        known.add(new Known(page.path, mode, asked, now));
    }

    /** Whether a hard purge was known by then: not even bytes confirmed since may come back that were fetched before it. */
    boolean isBanned(String path, long fetched, long by) {
        return known.stream().anyMatch(each -> each.mode() == Purge.Mode.HARD && each.isOf(path, fetched, by));
    }

    /** Whether a purge of any mode was known by then: what was asked for before is not to be stored. */
    boolean isStruck(String path, long asked, long by) {
        return known.stream().anyMatch(each -> each.isOf(path, asked, by));
    }

    /**
     * A promise that was not kept.
     *
     * @param askedAt when what was served was asked for
     * @param promisedFrom when it should have been at the earliest
     */
    record Breach(String promise, long askedAt, long promisedFrom) {}

    /** What is wrong with that answer to a request with that floor; null for nothing. */
    static @Nullable Breach breach(Reply reply, Floor floor) {
        String asked = reply.head().headers().first(SimulatedOrigin.ASKED);
        if (asked == null) {
            return null; // the gateway's own
        }
        long askedAt = Long.parseLong(asked);
        if (askedAt < floor.confirmed()) {
            return new Breach("a purge", askedAt, floor.confirmed());
        }
        boolean asStale = reply.outcome().verdict() == Outcome.Verdict.STALE;
        return askedAt < floor.soft() && !asStale ? new Breach("a soft purge", askedAt, floor.soft()) : null;
    }

    static String millis(@Nullable String nanos) {
        return nanos == null ? "?" : Long.toString(Long.parseLong(nanos) / World.MILLI);
    }
}
