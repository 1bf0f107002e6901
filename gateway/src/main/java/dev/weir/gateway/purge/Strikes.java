package dev.weir.gateway.purge;

import dev.weir.gateway.policy.Selector;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The last strike of each selector and mode, as a number that grows: three fixed arrays indexed by the selector's hash.
 * Written by one thread at a time, read by any.
 */
final class Strikes {

    private final Slots slots;
    private final AtomicLongArray validate;
    private final AtomicLongArray hard;
    private final AtomicLongArray soft;

    Strikes(Slots slots) {
        this.slots = slots;
        this.validate = new AtomicLongArray(slots.count());
        this.hard = new AtomicLongArray(slots.count());
        this.soft = new AtomicLongArray(slots.count());
    }

    void strike(Purge.Mode mode, Collection<Selector> selectors, long at) {
        AtomicLongArray last = of(mode);
        for (Selector selector : selectors) {
            last.accumulateAndGet(slots.of(selector), at, Math::max);
        }
    }

    /** The last strike of any of these; 0 for none. */
    long last(Purge.Mode mode, Collection<Selector> selectors) {
        AtomicLongArray strikes = of(mode);
        long last = 0;
        for (Selector selector : selectors) {
            last = Math.max(last, strikes.get(slots.of(selector)));
        }
        return last;
    }

    /** Both in one, the later strike of each slot. */
    Strikes and(Strikes other) {
        Strikes both = new Strikes(slots);
        for (Purge.Mode mode : Purge.Mode.values()) {
            for (int i = 0; i < slots.count(); i++) {
                both.of(mode)
                        .setPlain(
                                i, Math.max(of(mode).getPlain(i), other.of(mode).getPlain(i)));
            }
        }
        return both;
    }

    private AtomicLongArray of(Purge.Mode mode) {
        return switch (mode) {
            case VALIDATE -> validate;
            case HARD -> hard;
            case SOFT -> soft;
        };
    }
}
