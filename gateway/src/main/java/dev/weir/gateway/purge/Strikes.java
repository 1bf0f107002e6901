package dev.weir.gateway.purge;

import dev.weir.gateway.policy.Selector;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The last strike of each selector and mode, as a number that grows: three fixed arrays indexed by the selector's hash.
 * Written by one thread at a time, read by any.
 */
final class Strikes {

    static final int SLOTS = 1 << 16;

    private final AtomicLongArray validate = new AtomicLongArray(SLOTS);
    private final AtomicLongArray hard = new AtomicLongArray(SLOTS);
    private final AtomicLongArray soft = new AtomicLongArray(SLOTS);

    static int slot(Selector selector) {
        return (int) (selector.hash() & (SLOTS - 1));
    }

    void strike(Purge.Mode mode, Collection<Selector> selectors, long at) {
        AtomicLongArray slots = slots(mode);
        for (Selector selector : selectors) {
            slots.accumulateAndGet(slot(selector), at, Math::max);
        }
    }

    /** The last strike of any of these; 0 for none. */
    long last(Purge.Mode mode, Collection<Selector> selectors) {
        AtomicLongArray slots = slots(mode);
        long last = 0;
        for (Selector selector : selectors) {
            last = Math.max(last, slots.get(slot(selector)));
        }
        return last;
    }

    /** Both in one, the later strike of each slot. */
    Strikes and(Strikes other) {
        Strikes both = new Strikes();
        for (Purge.Mode mode : Purge.Mode.values()) {
            for (int i = 0; i < SLOTS; i++) {
                both.slots(mode)
                        .setPlain(
                                i,
                                Math.max(
                                        slots(mode).getPlain(i),
                                        other.slots(mode).getPlain(i)));
            }
        }
        return both;
    }

    private AtomicLongArray slots(Purge.Mode mode) {
        return switch (mode) {
            case VALIDATE -> validate;
            case HARD -> hard;
            case SOFT -> soft;
        };
    }
}
