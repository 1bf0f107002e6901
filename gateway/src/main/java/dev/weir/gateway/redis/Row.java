package dev.weir.gateway.redis;

import org.jspecify.annotations.Nullable;

/**
 * A replica's row in the registry.
 *
 * @param run the log it follows; {@value #NO_RUN} before it has seen one
 * @param id the last entry it has applied
 * @param at when it reported that id first, in ms by the master's clock; 0 in a row to be written
 * @param beat grows with each heartbeat of that replica
 * @param words its management address and when it started, for people
 */
record Row(String run, String id, long at, long beat, String words) {

    static final String NO_RUN = "-";

    private static final int PARTS = 5;

    /** Null where that is no row. */
    static @Nullable Row parse(String text) {
        String[] parts = text.split(" ", PARTS);
        if (parts.length < PARTS) {
            return null;
        }
        try {
            StreamId.seq(parts[1]);
            return new Row(parts[0], parts[1], Long.parseLong(parts[2]), Long.parseLong(parts[3]), parts[4]);
        } catch (IllegalArgumentException foreign) {
            return null;
        }
    }

    long seq() {
        return StreamId.seq(id);
    }
}
