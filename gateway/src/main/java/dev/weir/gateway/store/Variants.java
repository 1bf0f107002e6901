package dev.weir.gateway.store;

import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.Parts;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Vary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All stored responses of one primary key, newest first; immutable.
 *
 * @param held at most {@value #MAX}; the oldest gives way
 */
@SuppressWarnings("ReferenceEquality") // "this very one": an equal one that came later is another
record Variants(List<Held> held) {

    /** Bounds what a response that varies by something unbounded can take. */
    static final int MAX = 16;

    static final Variants NONE = new Variants(List.of());

    Variants {
        held = List.copyOf(held);
    }

    /** Of those that this request selects the most recent by Date (RFC 9111 §4.1), or null. */
    @Nullable Held select(Request upstream) {
        List<Held> selected = new ArrayList<>(1);
        for (Held candidate : held) {
            if (Vary.selects(candidate.stored(), upstream)) {
                selected.add(candidate);
            }
        }
        if (selected.size() <= 1) {
            return selected.isEmpty() ? null : selected.get(0);
        }
        StoredResponse best = Vary.best(selected.stream().map(Held::stored).toList(), upstream);
        return selected.stream()
                .filter(each -> each.stored() == best)
                .findFirst()
                .orElse(null);
    }

    /** The field names that the newest response varied by: what a fetch for this key most likely varies by too. */
    List<String> learnedFields() {
        return held.isEmpty() ? List.of() : held.get(0).stored().variant().names();
    }

    List<StoredResponse> stored() {
        return held.stream().map(Held::stored).toList();
    }

    /**
     * With that response in place of the one of the same variant. A part gives way to a whole response, unless that is
     * of another representation.
     */
    Variants with(Held added) {
        if (added.stored().status() == 206 && hasWholeOf(added.stored())) {
            return this;
        }
        List<Held> all = new ArrayList<>(held.size() + 1);
        all.add(added);
        for (Held other : held) {
            if (all.size() < MAX
                    && !other.stored().variant().equals(added.stored().variant())) {
                all.add(other);
            }
        }
        return new Variants(all);
    }

    private boolean hasWholeOf(StoredResponse part) {
        return held.stream()
                .map(Held::stored)
                .anyMatch(stored -> stored.variant().equals(part.variant())
                        && stored.status() != 206
                        && !Parts.differ(stored, part));
    }

    /** The part of that variant, or null. */
    @Nullable StoredResponse part(StoredResponse.Variant variant) {
        return held.stream()
                .map(Held::stored)
                .filter(stored -> stored.status() == 206 && stored.variant().equals(variant))
                .findFirst()
                .orElse(null);
    }

    /** Whether a response of the same variant is here that was received later. */
    boolean hasNewerThan(StoredResponse other) {
        return held.stream()
                .map(Held::stored)
                .anyMatch(stored -> stored.variant().equals(other.variant())
                        && stored.times().received().isAfter(other.times().received()));
    }

    /** With one response exchanged for another form of it; unchanged where it is no longer here. */
    Variants exchange(StoredResponse present, StoredResponse next) {
        if (held.stream().noneMatch(each -> each.stored() == present)) {
            return this;
        }
        return new Variants(held.stream()
                .map(each -> each.stored() == present ? each.with(next) : each)
                .toList());
    }

    Variants without(StoredResponse gone) {
        return new Variants(held.stream().filter(each -> each.stored() != gone).toList());
    }

    boolean isEmpty() {
        return held.isEmpty();
    }
}
