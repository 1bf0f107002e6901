package dev.weir.gateway.origin;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many second attempts one origin may be burdened with: a share of the first ones, so that an origin in trouble
 * never sees its load doubled by those who try again.
 */
final class RetryBudget {

    /** One attempt, in the unit of the account. */
    private static final long WHOLE = 100;

    /** What each first attempt adds: a fifth of one. */
    private static final long SHARE = 20;

    private static final long MOST = 20 * WHOLE;

    private final AtomicLong saved = new AtomicLong(MOST / 2);

    /** A first attempt is made. */
    void first() {
        saved.getAndUpdate(now -> Math.min(MOST, now + SHARE));
    }

    /** Whether a second one may be made; it is then taken off the account. */
    boolean second() {
        return saved.getAndUpdate(now -> now >= WHOLE ? now - WHOLE : now) >= WHOLE;
    }
}
