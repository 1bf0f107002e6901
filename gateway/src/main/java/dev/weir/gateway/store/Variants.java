package dev.weir.gateway.store;

import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Vary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All stored responses of one primary key, newest first; immutable.
 *
 * @param stored at most {@value #MAX}; the oldest gives way
 */
@SuppressWarnings("ReferenceEquality") // "this very one": an equal one that came later is another
record Variants(List<StoredResponse> stored) {

    /** Bounds what a response that varies by something unbounded can take. */
    static final int MAX = 16;

    static final Variants NONE = new Variants(List.of());

    Variants {
        stored = List.copyOf(stored);
    }

    /** The newest one that this request selects (RFC 9111 §4.1), or null. */
    @Nullable StoredResponse select(Request upstream) {
        for (StoredResponse candidate : stored) {
            if (Vary.matches(candidate.variant(), upstream)) {
                return candidate;
            }
        }
        return null;
    }

    /** The field names that the newest response varied by: what a fetch for this key most likely varies by too. */
    List<String> learnedFields() {
        return stored.isEmpty() ? List.of() : stored.get(0).variant().names();
    }

    /** With that response in place of the one of the same variant. */
    Variants with(StoredResponse added) {
        List<StoredResponse> all = new ArrayList<>(stored.size() + 1);
        all.add(added);
        for (StoredResponse other : stored) {
            if (all.size() < MAX && !other.variant().equals(added.variant())) {
                all.add(other);
            }
        }
        return new Variants(all);
    }

    /** With one response exchanged for another form of it; unchanged where it is no longer here. */
    Variants exchange(StoredResponse present, StoredResponse next) {
        if (stored.stream().noneMatch(each -> each == present)) {
            return this;
        }
        return new Variants(
                stored.stream().map(each -> each == present ? next : each).toList());
    }

    Variants without(StoredResponse gone) {
        return new Variants(stored.stream().filter(each -> each != gone).toList());
    }

    boolean isEmpty() {
        return stored.isEmpty();
    }
}
