package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.HttpDate;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validation, both ways (RFC 9111 §4.3): of what is stored with the origin, and of what clients hold with the stored. */
public final class Validation {

    private Validation() {}

    /** What to tell the client that sent a conditional request (RFC 9110 §13.2.2). */
    public enum Precondition {
        /** The representation itself. */
        SEND,
        /** 304. */
        NOT_MODIFIED,
        /** 412. */
        FAILED
    }

    /** The conditional fields for the origin, in the origin's own terms (§4.3.1); empty where there is nothing to ask by. */
    public static Headers conditions(StoredResponse stored) {
        Headers.Builder conditions = Headers.builder();
        String etag = EntityTags.ofOrigin(stored.headers());
        if (etag != null) {
            conditions.add("If-None-Match", etag);
        }
        String modified = stored.headers().only("Last-Modified");
        if (modified != null && HttpDate.parse(modified) != null) {
            conditions.add("If-Modified-Since", modified);
        }
        return conditions.build();
    }

    /** Whether a validation can vouch for it: after a purge only by a strong validator. */
    public static boolean canValidate(StoredResponse stored, Trust trust) {
        Terms.Validators validators = validators(stored);
        return switch (trust) {
            case VALID, STALE -> validators != Terms.Validators.NONE;
            case VALIDATE -> validators == Terms.Validators.STRONG;
            case GONE -> false;
        };
    }

    static Terms.Validators validators(StoredResponse stored) {
        return validators(stored.headers());
    }

    static Terms.Validators validators(Headers headers) {
        String etag = EntityTags.ofOrigin(headers);
        if (etag != null && EntityTags.isStrong(etag)) {
            return Terms.Validators.STRONG;
        }
        // RFC 9110 §8.8.2.2: a date of modification is weak unless one knows the origin's clock; nobody does here
        return etag != null || Freshness.date(headers, "Last-Modified") != null
                ? Terms.Validators.WEAK
                : Terms.Validators.NONE;
    }

    /**
     * The stored response brought up to date by a 304 (§3.2, §4.3.4).
     *
     * @param times of the validation
     * @param position what was applied of the invalidation log when the conditional request went out
     * @return null where the 304 does not speak of this response: fetch it whole
     */
    public static @Nullable StoredResponse freshen(
            StoredResponse stored, ResponseHead notModified, StoredResponse.Times times, LogPosition position) {
        if (!Freshening.selects(notModified.headers(), stored.headers())) {
            return null;
        }
        Headers merged = Freshening.merge(stored.headers(), notModified.headers(), times);
        Set<Selector> selectors = Selectors.of(stored.key(), merged);
        if (selectors.isEmpty()) {
            return null;
        }
        return new StoredResponse(
                stored.key(),
                stored.head().withHeaders(merged),
                times,
                stored.variant(),
                new StoredResponse.Provenance(position, stored.provenance().rulesHash(), selectors),
                stored.body());
    }

    /**
     * Evaluates a client's preconditions against the selected representation (§4.3.2, RFC 9110 §13.2.2).
     *
     * @param status of the response that would be sent
     * @param selected its fields; its entity tag may be a coded form's
     */
    public static Precondition evaluate(Request client, int status, Headers selected) {
        // RFC 9110 §13.2.1: only where the answer without them would be 2xx
        if (status < 200 || status > 299 || (!client.isGet() && !client.isHead())) {
            return Precondition.SEND;
        }
        if (isPreconditionFailed(client.headers(), selected)) {
            return Precondition.FAILED;
        }
        String noneMatch = client.headers().list("If-None-Match");
        if (noneMatch != null) {
            return matchesAny(noneMatch, selected, false) ? Precondition.NOT_MODIFIED : Precondition.SEND;
        }
        // RFC 9110 §13.1.3: only without If-None-Match, and only if it is a date
        Instant since = Freshness.date(client.headers(), "If-Modified-Since");
        Instant modified = modified(selected);
        return since != null && modified != null && !modified.isAfter(since)
                ? Precondition.NOT_MODIFIED
                : Precondition.SEND;
    }

    // RFC 9110 §13.2.2, steps 1 and 2
    private static boolean isPreconditionFailed(Headers client, Headers selected) {
        String match = client.list("If-Match");
        if (match != null) {
            return !matchesAny(match, selected, true);
        }
        Instant unmodifiedSince = Freshness.date(client, "If-Unmodified-Since");
        Instant modified = Freshness.date(selected, "Last-Modified");
        return unmodifiedSince != null && modified != null && modified.isAfter(unmodifiedSince);
    }

    private static boolean matchesAny(String field, Headers selected, boolean strongly) {
        if (FieldLists.trim(field).equals("*")) {
            return true;
        }
        String etag = EntityTags.of(selected);
        if (etag == null) {
            return false;
        }
        List<String> tags = FieldLists.split(field);
        return strongly
                ? tags.stream().anyMatch(tag -> EntityTags.matchesStrongly(tag, etag))
                : tags.stream().anyMatch(tag -> isSameRepresentation(tag, etag));
    }

    /** Weakly, and in whatever coding: each coded form's tag stands for the same representation. */
    private static boolean isSameRepresentation(String one, String other) {
        return EntityTags.matchesWeakly(EntityTags.withoutCoding(one), EntityTags.withoutCoding(other));
    }

    /** RFC 9111 §4.3.2: Date stands in where there is no Last-Modified. */
    private static @Nullable Instant modified(Headers selected) {
        Instant modified = Freshness.date(selected, "Last-Modified");
        return modified != null ? modified : Freshness.date(selected, "Date");
    }
}
