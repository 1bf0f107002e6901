package dev.weir.gateway.purge;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Trust;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The local table of purges: for each selector and mode, the last purge that struck it.
 *
 * <p>Fixed arrays indexed by the selector's hash ({@link Strikes}). Two selectors that share a slot are struck together:
 * a page may be fetched once too often, never served once too often. So the table has a bound, a purge costs the same
 * for one page or a million, and no index from tags to keys exists that could be lost, grow or leak.
 *
 * <p><b>Two orders.</b> What this replica fetched is judged by its own count: each thing that strikes, from the log or
 * not, takes the next <em>moment</em>, a fetch notes the moment at which it begins, and its response is struck by
 * whatever has a later one. That order knows no runs and no gaps: one process, one counter. What another replica fetched
 * carries only its place in the log; it is judged by the seqs of the run at hand. A new run begins that table afresh, for
 * its seqs have no order with those before; what was struck by the former runs is kept apart, since a hard purge outlives
 * the log it stood in. A response of another run is struck by anything in the run at hand, by anything newer in its own,
 * and is in any case to be validated ({@link Standing#covers}).
 *
 * <p><b>Strikes before the log.</b> {@link #strike} takes a moment at once, so this replica needs no log to keep a
 * promise to its own clients. Others' responses can't be ordered against it, so as long as it is pending it strikes them
 * all; when it comes from the log it has a seq like any other. What this replica fetched in between was fetched after
 * the strike and stays valid.
 *
 * <p><b>Threads.</b> Those who change the table take turns (a lock, held for some slots); readers take none. Slots are
 * written first, then {@code state} (volatile). A reader loads {@code state} before the slots, so whatever it finds in a
 * position it also finds in the slots; a slot that is already newer strikes early, which is safe. A strike stops being
 * pending only after its seq is in the slots, and a reader looks for it in that order.
 */
public final class Generations {

    /**
     * How far things have come.
     *
     * @param now in both orders
     * @param allSince the moment since which it knows all purges: at which it turned to this run, or last missed some
     * @param inRun strikes of this run, by seq
     * @param formerRun the run before
     * @param inFormer strikes of all runs before, by seq
     */
    private record State(LogPosition now, long allSince, Strikes inRun, String formerRun, Strikes inFormer) {

        State at(LogPosition next) {
            return new State(next, allSince, inRun, formerRun, inFormer);
        }
    }

    private final Slots slots;
    private final Strikes byMoment;
    private final Pending pending;
    private volatile State state;

    /** Nothing struck. */
    public Generations(LogPosition start) {
        this(start, Slots.STANDARD);
    }

    /** The same with a table of another size. */
    public Generations(LogPosition start, Slots slots) {
        this.slots = slots;
        this.byMoment = new Strikes(slots);
        this.pending = new Pending(slots);
        LogPosition first = new LogPosition(start.run(), start.seq(), 0);
        this.state = new State(first, 0, new Strikes(slots), "", new Strikes(slots));
    }

    /** Where this replica is in the log and in its own count. Noted at the start of each fetch. */
    public LogPosition now() {
        return state.now();
    }

    /** How far the log has been folded in. */
    public LogPosition applied() {
        return state.now().shared();
    }

    /** Folds one entry in. To be called in log order. */
    public synchronized void apply(Purge purge, LogPosition at) {
        State present = turnedTo(at.run());
        long moment = present.now().moment();
        if (!pending.covers(purge)) {
            moment++;
            byMoment.strike(purge.mode(), purge.selectors(), moment);
        }
        present.inRun().strike(purge.mode(), purge.selectors(), at.seq());
        state = present.at(new LogPosition(at.run(), at.seq(), moment));
        pending.settle(purge.id());
    }

    /**
     * Strikes what has been fetched so far, without a place in the log. On any thread.
     *
     * @param purge under the id with which it is to be recorded; until it comes from the log it is pending
     */
    public synchronized void strike(Purge purge) {
        State present = state;
        LogPosition now = present.now();
        pending.add(purge);
        byMoment.strike(purge.mode(), purge.selectors(), now.moment() + 1);
        state = present.at(new LogPosition(now.run(), now.seq(), now.moment() + 1));
    }

    /** A strike has been recorded there. It stops being pending when it comes from the log, or when that run is over. */
    public synchronized void recorded(String purgeId, LogPosition at) {
        pending.recorded(purgeId, at.run());
    }

    /** Moves on without striking anything: an entry that is no purge, or a new run. */
    public synchronized void advance(LogPosition to) {
        State present = turnedTo(to.run());
        state = present.at(new LogPosition(to.run(), to.seq(), present.now().moment()));
    }

    /**
     * Goes on to a new moment though nothing is struck: what begins from now on can be told from what began before.
     *
     * @return the new moment
     */
    public synchronized long tick() {
        State present = state;
        LogPosition now = present.now();
        long moment = now.moment() + 1;
        state = present.at(new LogPosition(now.run(), now.seq(), moment));
        return moment;
    }

    /**
     * Purges have been missed: what has begun before now may have been struck by one of them, so nobody who comes later may
     * share it.
     */
    public synchronized void missed() {
        long moment = tick();
        State present = state;
        state = new State(present.now(), moment, present.inRun(), present.formerRun(), present.inFormer());
    }

    /** What the log says of that response, given the standing at this moment. */
    public Trust trust(StoredResponse stored, Standing standing, long nanoTime) {
        LogPosition fetched = stored.provenance().position();
        Set<Selector> selectors = stored.provenance().selectors();
        if (struck(Purge.Mode.HARD, selectors, fetched) || standing.mayHaveMissed(fetched)) {
            return Trust.GONE;
        }
        if (!standing.vouchesFor(fetched, nanoTime)) {
            return Trust.VALIDATE;
        }
        if (struck(Purge.Mode.VALIDATE, selectors, fetched)) {
            return Trust.VALIDATE;
        }
        return struck(Purge.Mode.SOFT, selectors, fetched) ? Trust.STALE : Trust.VALID;
    }

    /** Whether any purge, of whatever mode, has struck one of these since that position. */
    public boolean struckSince(Set<Selector> selectors, LogPosition position) {
        return struck(Purge.Mode.HARD, selectors, position)
                || struck(Purge.Mode.VALIDATE, selectors, position)
                || struck(Purge.Mode.SOFT, selectors, position);
    }

    /** Whether any purge, of whatever mode, has struck one of these since that moment of this process. */
    public boolean struckSince(Set<Selector> selectors, long moment) {
        return byMoment.last(Purge.Mode.HARD, selectors) > moment
                || byMoment.last(Purge.Mode.VALIDATE, selectors) > moment
                || byMoment.last(Purge.Mode.SOFT, selectors) > moment;
    }

    /** Whether a fetch that began at that moment may be shared now: nothing struck since, and no purge is unknown. */
    public boolean isCurrent(Set<Selector> selectors, long moment) {
        return moment >= state.allSince() && !struckSince(selectors, moment);
    }

    /** The seq of the last purge of whatever mode in that selector's slot, in this run; 0 for none. */
    public long lastStruck(Selector selector) {
        Strikes inRun = state.inRun();
        Collection<Selector> one = List.of(selector);
        long last = 0;
        for (Purge.Mode mode : Purge.Mode.values()) {
            last = Math.max(last, inRun.last(mode, one));
        }
        return last;
    }

    private boolean struck(Purge.Mode mode, Set<Selector> selectors, LogPosition at) {
        if (!at.isForeign()) {
            return byMoment.last(mode, selectors) > at.moment();
        }
        if (pending.holds(mode, selectors)) {
            return true;
        }
        State present = state;
        if (at.isSameRun(present.now())) {
            return present.inRun().last(mode, selectors) > at.seq();
        }
        long known = at.run().equals(present.formerRun()) ? at.seq() : 0;
        return present.inRun().last(mode, selectors) > 0 || present.inFormer().last(mode, selectors) > known;
    }

    private State turnedTo(String run) {
        State present = state;
        LogPosition now = present.now();
        if (run.equals(now.run())) {
            return present;
        }
        long moment = now.moment() + 1;
        State turned = new State(
                new LogPosition(run, 0, moment),
                moment,
                new Strikes(slots),
                now.run(),
                present.inFormer().and(present.inRun()));
        state = turned;
        pending.settleAllButThoseOf(run);
        return turned;
    }
}
