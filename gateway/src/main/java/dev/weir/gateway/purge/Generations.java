package dev.weir.gateway.purge;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Trust;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The local table of purges: for each selector and mode, the last seq that struck it.
 *
 * <p>Three fixed arrays indexed by the selector's hash. Two selectors that share a slot are struck together: a page may
 * be fetched once too often, never served once too often. So the table has a bound, a purge costs the same for one page
 * or a million, and no index from tags to keys exists that could be lost, grow or leak.
 *
 * <p><b>Threads.</b> One thread applies, in log order: slots first, then {@code applied} (a volatile write). A reader
 * loads {@code applied} first and the slots after it, so whatever a reader finds in {@code applied} it also finds in the
 * slots; a slot that is already newer strikes early, which is safe. Seqs of a new run start above all those known
 * (ids carry the master's clock) or not: the slots keep the highest seen, and what was fetched under another run
 * is never judged by them but validated (see {@link #trust}).
 */
public final class Generations {

    private static final int SLOTS = 1 << 16;

    private final AtomicLongArray validate = new AtomicLongArray(SLOTS);
    private final AtomicLongArray hard = new AtomicLongArray(SLOTS);
    private final AtomicLongArray soft = new AtomicLongArray(SLOTS);

    private volatile LogPosition applied;

    public Generations(LogPosition start) {
        this.applied = start;
    }

    /** How far the log has been folded in. Noted at the start of each fetch. */
    public LogPosition applied() {
        return applied;
    }

    /** Folds one entry in. To be called by one thread, in log order. */
    public void apply(Purge purge, LogPosition at) {
        AtomicLongArray slots = slots(purge.mode());
        for (Selector selector : purge.selectors()) {
            slots.accumulateAndGet(slot(selector), at.seq(), Math::max);
        }
        applied = at;
    }

    /**
     * Strikes without a place in the log: a purge that could not be recorded holds here at least. Whatever was fetched so
     * far is struck, and what is fetched until the log moves on as well. On any thread.
     */
    public void strike(Purge purge) {
        AtomicLongArray slots = slots(purge.mode());
        long seq = applied.seq() + 1;
        for (Selector selector : purge.selectors()) {
            slots.accumulateAndGet(slot(selector), seq, Math::max);
        }
    }

    /** Moves on without striking anything: an entry that is no purge, or a new run. By the applying thread alone. */
    public void advance(LogPosition to) {
        applied = to;
    }

    /** What the log says of that response, given the standing at this moment. */
    public Trust trust(StoredResponse stored, Standing standing, long nanoTime) {
        LogPosition fetched = stored.provenance().position();
        Set<Selector> selectors = stored.provenance().selectors();
        if (newest(hard, selectors) > fetched.seq()) {
            return Trust.GONE;
        }
        if (!standing.holdsAt(nanoTime) || !standing.covers(fetched)) {
            return Trust.VALIDATE;
        }
        if (newest(validate, selectors) > fetched.seq()) {
            return Trust.VALIDATE;
        }
        return newest(soft, selectors) > fetched.seq() ? Trust.STALE : Trust.VALID;
    }

    /** Whether any purge, of whatever mode, has struck one of these since that seq. */
    public boolean struckSince(Set<Selector> selectors, long seq) {
        return newest(hard, selectors) > seq || newest(validate, selectors) > seq || newest(soft, selectors) > seq;
    }

    /** The seq of the last purge of whatever mode in that selector's slot; 0 for none. */
    public long lastStruck(Selector selector) {
        Set<Selector> one = Set.of(selector);
        return Math.max(newest(hard, one), Math.max(newest(validate, one), newest(soft, one)));
    }

    private static long newest(AtomicLongArray slots, Set<Selector> selectors) {
        long newest = 0;
        for (Selector selector : selectors) {
            newest = Math.max(newest, slots.get(slot(selector)));
        }
        return newest;
    }

    private static int slot(Selector selector) {
        return (int) (selector.hash() & (SLOTS - 1));
    }

    private AtomicLongArray slots(Purge.Mode mode) {
        return switch (mode) {
            case VALIDATE -> validate;
            case HARD -> hard;
            case SOFT -> soft;
        };
    }
}
