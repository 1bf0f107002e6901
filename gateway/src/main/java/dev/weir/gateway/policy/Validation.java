package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.HttpDate;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Validation, both ways (RFC 9111 §4.3): of what is stored with the origin, and of what clients hold with the stored. */
public final class Validation {

    /** What a 304 carries (RFC 9110 §15.4.5): what a 200 would, less what only describes content; lower case. */
    private static final Set<String> NOT_IN_304 = Set.of(
            "content-type",
            "content-encoding",
            "content-language",
            "content-length",
            "content-range",
            "content-md5",
            "content-digest",
            "accept-ranges");

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

    /**
     * The same for several stored responses of one key (§4.3.1): one If-None-Match with all their tags. Dates can't be
     * told apart in an answer, so they are asked by only where there is one response.
     */
    public static Headers conditions(List<StoredResponse> variants) {
        if (variants.size() == 1) {
            return conditions(variants.get(0));
        }
        String tags = variants.stream()
                .map(stored -> EntityTags.ofOrigin(stored.headers()))
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(", "));
        return tags.isEmpty() ? Headers.empty() : Headers.of("If-None-Match", tags);
    }

    /** The one that a 304 to {@link #conditions(List)} selects (§4.3.4): of those that match, the most recent. */
    public static @Nullable StoredResponse selected(List<StoredResponse> variants, ResponseHead notModified) {
        Headers brought = notModified.headers();
        // several were asked by: without a validator nobody knows which is meant
        if (variants.size() > 1 && EntityTags.of(brought) == null) {
            return null;
        }
        return variants.stream()
                .filter(stored -> Freshening.selects(brought, stored.headers()))
                .max(Comparator.comparing(Vary::recency))
                .orElse(null);
    }

    /** Whether a validation can vouch for it: after a purge only by a strong validator. */
    public static boolean canValidate(StoredResponse stored, Trust trust) {
        return canValidate(validators(stored.headers()), trust);
    }

    static boolean canValidate(Terms.Validators validators, Trust trust) {
        return switch (trust) {
            case VALID, STALE -> validators != Terms.Validators.NONE;
            case VALIDATE -> validators == Terms.Validators.STRONG;
            case GONE -> false;
        };
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
        return Freshening.selects(notModified.headers(), stored.headers())
                ? Freshening.update(stored, notModified.headers(), times, position)
                : null;
    }

    /**
     * The stored response brought up to date by the answer to a HEAD (§4.3.5).
     *
     * @return null where the answer shows that the stored one is no longer what a GET would get: treat it as stale
     */
    public static @Nullable StoredResponse freshenByHead(
            StoredResponse stored, ResponseHead head, StoredResponse.Times times, LogPosition position) {
        return head.status() == 200 && stored.status() == 200 && Freshening.isSameByHead(stored, head.headers())
                ? Freshening.update(stored, head.headers(), times, position)
                : null;
    }

    /**
     * Evaluates a client's preconditions against the selected representation (§4.3.2, RFC 9110 §13.2.2).
     *
     * @param status of the response that would be sent
     * @param selected its fields; its entity tag may be a coded form's
     */
    public static Precondition evaluate(Request client, int status, Headers selected) {
        return Preconditions.evaluate(client, status, selected);
    }

    /** The fields of the 304 to that client; the entity tag is the one that the client knows the representation by. */
    public static Headers notModified(Request client, Headers selected) {
        Headers fields = selected.without(NOT_IN_304);
        String noneMatch = client.headers().list("If-None-Match");
        String matched = noneMatch == null ? null : Preconditions.matched(noneMatch, selected);
        return matched == null ? fields : fields.with("ETag", matched);
    }
}
