package dev.weir.loadtest.rig;

import java.util.ArrayList;
import java.util.List;

/**
 * Peaks of memory since the start.
 *
 * @param heaps bytes of each JVM's heap in use, what a collection would have freed included; empty where there is no JVM
 * @param resident bytes of all processes together, each at its own peak; {@link #UNKNOWN} where the system does not tell
 */
public record Memory(List<Long> heaps, long resident) {
    public static final long UNKNOWN = -1;
    static final Memory NONE = new Memory(List.of(), 0);

    public Memory {
        heaps = List.copyOf(heaps);
    }

    Memory and(Memory other) {
        List<Long> both = new ArrayList<>(heaps);
        both.addAll(other.heaps);
        boolean known = resident != UNKNOWN && other.resident != UNKNOWN;
        return new Memory(both, known ? resident + other.resident : UNKNOWN);
    }
}
