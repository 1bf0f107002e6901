package dev.weir.gateway.purge;

import dev.weir.gateway.policy.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * What has been struck here and is not known from the log yet, by the id under which it is to come. Counted per slot,
 * so that one of two in the same slot can go. Changed by one thread at a time; {@link #holds} is for any.
 */
final class Pending {

    private static final class Open {
        final Map<Purge.Mode, Set<Selector>> struck = new EnumMap<>(Purge.Mode.class);

        @Nullable String recordedIn;
    }

    private final Map<String, Open> open = new HashMap<>();
    private final Map<Purge.Mode, AtomicIntegerArray> counts = new EnumMap<>(Purge.Mode.class);

    private final Slots slots;

    Pending(Slots slots) {
        this.slots = slots;
        for (Purge.Mode mode : Purge.Mode.values()) {
            counts.put(mode, new AtomicIntegerArray(slots.count()));
        }
    }

    /** Whether something pending strikes one of these. */
    boolean holds(Purge.Mode mode, Collection<Selector> selectors) {
        AtomicIntegerArray counted = counts(mode);
        for (Selector selector : selectors) {
            if (counted.get(slots.of(selector)) > 0) {
                return true;
            }
        }
        return false;
    }

    void add(Purge purge) {
        Set<Selector> known = open.computeIfAbsent(purge.id(), id -> new Open())
                .struck
                .computeIfAbsent(purge.mode(), mode -> new HashSet<>());
        for (Selector selector : purge.selectors()) {
            if (known.add(selector)) {
                counts(purge.mode()).incrementAndGet(slots.of(selector));
            }
        }
    }

    /** Whether all that this purge strikes has been struck under its id already. */
    boolean covers(Purge purge) {
        Open struck = open.get(purge.id());
        return struck != null
                && struck.struck.getOrDefault(purge.mode(), Set.of()).containsAll(purge.selectors());
    }

    /** It has come from the log. */
    void settle(String id) {
        Open settled = open.remove(id);
        if (settled != null) {
            settled.struck.forEach((mode, selectors) ->
                    selectors.forEach(selector -> counts(mode).decrementAndGet(slots.of(selector))));
        }
    }

    /** It is in the log of that run and will come from there, if that run lives. */
    void recorded(String id, String run) {
        Open recorded = open.get(id);
        if (recorded != null) {
            recorded.recordedIn = run;
        }
    }

    /** Another run: what stood in the log of a former one and has not come from there never will. */
    void settleAllButThoseOf(String run) {
        List<String> lost = new ArrayList<>();
        open.forEach((id, each) -> {
            if (each.recordedIn != null && !each.recordedIn.equals(run)) {
                lost.add(id);
            }
        });
        lost.forEach(this::settle);
    }

    private AtomicIntegerArray counts(Purge.Mode mode) {
        AtomicIntegerArray counted = counts.get(mode);
        if (counted == null) {
            throw new AssertionError(mode);
        }
        return counted;
    }
}
