package dev.weir.gateway.store;

import dev.weir.gateway.policy.CacheRules;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Terms;

/**
 * A stored response as the memory tier keeps it.
 *
 * @param terms worked out once, under the rules that it was stored under: reading them from its fields costs more than
 *     the rest of a hit
 */
public record Held(StoredResponse stored, Terms terms) {

    static Held of(StoredResponse stored, CacheRules rules) {
        return new Held(stored, Terms.of(stored, rules));
    }

    /** The same response in other forms; its terms stay. */
    Held with(StoredResponse otherForms) {
        return new Held(otherForms, terms);
    }
}
