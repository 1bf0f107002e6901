package dev.weir.gateway.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who has ever been in the registry and who has lost the place there: what the replicas can't know, but the limits of the
 * promise speak of.
 */
final class Registrations {

    private final World world;
    private final Map<String, Long> since = new HashMap<>();
    private final Set<String> lost = new HashSet<>();
    private final Map<String, Set<String>> seen = new HashMap<>();
    private final Set<String> forgotten = new HashSet<>();

    Registrations(World world) {
        this.world = world;
    }

    void confirmed(String replica) {
        since.putIfAbsent(replica, world.now());
        lost.remove(replica);
        if (forgotten.remove(replica)) {
            since.put(replica, world.now()); // what was asked for meanwhile did not wait for it
        }
    }

    void lost(String replica) {
        lost.add(replica);
    }

    void forgotten(String replica) {
        forgotten.add(replica);
    }

    /** It has ended, whether or not anybody knows. */
    void ended(String replica) {
        lost.remove(replica);
    }

    /** Whether a purge that was asked for then waits for that replica: it was there, and was not silent for too long. */
    boolean isCountedSince(String replica, long asked) {
        return since.getOrDefault(replica, Long.MAX_VALUE) <= asked && !forgotten.contains(replica);
    }

    /** That replica has got an answer with the row of the other. */
    void seen(String replica, String other) {
        seen.computeIfAbsent(replica, none -> new HashSet<>()).add(other);
    }

    /** Whether somebody has lost the place in the registry whom that replica never saw there, and has not come back. */
    boolean mayMissOthers(String replica) {
        Set<String> known = seen.getOrDefault(replica, Set.of());
        return lost.stream().anyMatch(other -> !known.contains(other));
    }
}
