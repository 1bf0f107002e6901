package dev.weir.gateway.purge;

import dev.weir.gateway.policy.Selector;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The last strike of each selector and mode, as a number that grows: three fixed arrays indexed by the selector's hash.
 * Written by one thread at a time, read by any.
 *
 * <p>What shares a slot is struck together, so what strikes often must not share one with what many pages carry: each
 * write strikes a URL, and if one of some thousand URLs fell into the slot of a host, that write would strike all of its
 * pages. URLs, paths, tags, and what is wider than those therefore have slots of their own.
 */
final class Strikes {

    private static final int OF_URLS = 1 << 16;
    private static final int OF_PATHS = 1 << 15;
    private static final int OF_TAGS = 1 << 15;
    private static final int OF_WIDE = 1 << 13;

    static final int SLOTS = OF_URLS + OF_PATHS + OF_TAGS + OF_WIDE;

    private final AtomicLongArray validate = new AtomicLongArray(SLOTS);
    private final AtomicLongArray hard = new AtomicLongArray(SLOTS);
    private final AtomicLongArray soft = new AtomicLongArray(SLOTS);

    static int slot(Selector selector) {
        return switch (selector.kind()) {
            case URL -> within(OF_URLS, selector);
            case PATH -> OF_URLS + within(OF_PATHS, selector);
            case TAG -> OF_URLS + OF_PATHS + within(OF_TAGS, selector);
            case PREFIX, HOST, ALL -> OF_URLS + OF_PATHS + OF_TAGS + within(OF_WIDE, selector);
        };
    }

    private static int within(int powerOfTwo, Selector selector) {
        return (int) (selector.hash() & (powerOfTwo - 1));
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
