package dev.weir.gateway.redis;

/** Ids of stream entries, {@code ms-counter}, and their seqs. */
final class StreamId {

    /** Stands before the first entry. */
    static final String ZERO = "0-0";

    /** Bits for the counter within one millisecond. */
    private static final int COUNTER_BITS = 20;

    private static final long MAX_MILLIS = (1L << (63 - COUNTER_BITS)) - 1;

    private StreamId() {}

    /**
     * The seq: grows with the id, and has the master's clock in its upper bits. A counter beyond a million in one
     * millisecond runs over into the next one's seqs, which no log reaches.
     *
     * @throws IllegalArgumentException if that is no id
     */
    static long seq(String id) {
        int dash = id.indexOf('-');
        if (dash < 0) {
            throw new IllegalArgumentException("stream id: " + id + " (expected: ms-counter)");
        }
        long millis = Long.parseUnsignedLong(id, 0, dash, 10);
        long counter = Long.parseUnsignedLong(id, dash + 1, id.length(), 10);
        if (millis < 0 || millis > MAX_MILLIS || counter < 0 || counter > MAX_MILLIS) {
            return Long.MAX_VALUE;
        }
        return (millis << COUNTER_BITS) + counter;
    }

    /** The master's clock when that entry was added, in milliseconds. */
    static long millis(long seq) {
        return seq >>> COUNTER_BITS;
    }
}
