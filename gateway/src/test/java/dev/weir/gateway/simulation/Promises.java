package dev.weir.gateway.simulation;

import dev.weir.gateway.flow.Reply;
import dev.weir.gateway.observe.Outcome;
import dev.weir.gateway.purge.Purge;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been promised: a purge that was answered applied was asked for at some time, and no request whose head is read
 * from now on may get what was asked of the origin before that time. One that could not be recorded is a promise of the
 * replica that said so.
 */
final class Promises {

    /**
     * The time, in the world's ns, before which nothing may have been asked for; by mode.
     *
     * @param hard not even its bytes, confirmed or not
     * @param soft it may be served as stale
     */
    record Floor(long hard, long validate, long soft) {

        static final Floor NONE = new Floor(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);

        Floor with(Purge.Mode mode, long asked) {
            return switch (mode) {
                case HARD -> new Floor(Math.max(hard, asked), validate, soft);
                case VALIDATE -> new Floor(hard, Math.max(validate, asked), soft);
                case SOFT -> new Floor(hard, validate, Math.max(soft, asked));
            };
        }

        Floor and(Floor other) {
            return new Floor(
                    Math.max(hard, other.hard), Math.max(validate, other.validate), Math.max(soft, other.soft));
        }
    }

    private final Map<String, Floor> byPage = new HashMap<>();

    void made(Page page, Purge.Mode mode, long asked) {
        byPage.merge(page.path, Floor.NONE.with(mode, asked), Floor::and);
    }

    /** What holds for a request whose head is read now. */
    Floor floor(Page page) {
        return byPage.getOrDefault(page.path, Floor.NONE);
    }

    /** What is wrong with that answer to a request with that floor; null for nothing. */
    static @Nullable Breach breach(Reply reply, Floor floor) {
        String asked = reply.head().headers().first(SimulatedOrigin.ASKED);
        String fetched = reply.head().headers().first(SimulatedOrigin.FETCHED);
        if (asked == null) {
            return null; // the gateway's own
        }
        long askedAt = Long.parseLong(asked);
        long fetchedAt = fetched == null ? askedAt : Long.parseLong(fetched);
        if (fetchedAt < floor.hard()) {
            return new Breach("a hard purge asked for at " + floor.hard() / World.MILLI, fetchedAt, floor.hard());
        }
        if (askedAt < floor.validate()) {
            return new Breach("a purge asked for at " + floor.validate() / World.MILLI, askedAt, floor.validate());
        }
        boolean asStale = reply.outcome().verdict() == Outcome.Verdict.STALE;
        return askedAt < floor.soft() && !asStale
                ? new Breach("a soft purge asked for at " + floor.soft() / World.MILLI, askedAt, floor.soft())
                : null;
    }

    /**
     * A promise that was not kept.
     *
     * @param askedAt when what was served was asked for
     * @param promisedFrom when it should have been at the earliest
     */
    record Breach(String promise, long askedAt, long promisedFrom) {}

    static String millis(@Nullable String nanos) {
        return nanos == null ? "?" : Long.toString(Long.parseLong(nanos) / World.MILLI);
    }
}
