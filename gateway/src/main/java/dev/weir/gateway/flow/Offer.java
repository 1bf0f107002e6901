package dev.weir.gateway.flow;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.policy.Parts;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Trust;
import dev.weir.gateway.policy.Validation;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The stored responses that a request to the origin offers for confirmation (RFC 9111 §4.3.1): the stale one that the
 * request selects, or else all other variants of its key, since the origin may find that one of them will do. Or the
 * part that is to be completed (§3.4).
 *
 * @param selected whether the request selects what is offered
 * @param part of which only the rest is asked for; null for none
 */
record Offer(
        List<StoredResponse> stored,
        boolean selected,
        @Nullable StoredResponse part) {

    static final Offer NONE = new Offer(List.of(), false, null);

    Offer {
        stored = List.copyOf(stored);
    }

    static Offer of(@Nullable StoredResponse stale) {
        return stale == null ? NONE : new Offer(List.of(stale), true, null);
    }

    /** A 304 says nothing of what a part lacks, so parts are not among them. */
    static Offer ofVariants(List<StoredResponse> variants) {
        return new Offer(variants.stream().filter(each -> each.status() != 206).toList(), false, null);
    }

    static Offer toComplete(StoredResponse part) {
        return new Offer(List.of(), false, part);
    }

    /** What of it a validation can vouch for; a part only if nothing has struck it. */
    Offer usable(Function<StoredResponse, Trust> trust) {
        return new Offer(
                stored.stream()
                        .filter(each -> Validation.canValidate(each, trust.apply(each)))
                        .toList(),
                selected,
                part != null && trust.apply(part) == Trust.VALID ? part : null);
    }

    /** The conditional fields; empty where there is nothing to ask by. */
    Headers conditions() {
        if (part != null) {
            return Objects.requireNonNullElse(Parts.completion(part), Headers.empty());
        }
        if (stored.isEmpty()) {
            return Headers.empty();
        }
        Headers conditions = Validation.conditions(stored);
        // A date says nothing of which variant is meant: one may be older than another and yet current
        return selected ? conditions : conditions.without(Set.of("if-modified-since"));
    }

    /** What the 304 speaks of; null where that is not clear. */
    @Nullable StoredResponse confirmedBy(ResponseHead notModified) {
        if (!selected && !notModified.headers().contains("ETag")) {
            return null;
        }
        return Validation.selected(stored, notModified);
    }
}
