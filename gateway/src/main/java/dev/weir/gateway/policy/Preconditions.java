package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.Validation.Precondition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A client's conditional request against what the cache would send it (RFC 9111 §4.3.2, RFC 9110 §13). */
final class Preconditions {

    private Preconditions() {}

    /** RFC 9110 §13.2.2 in its order; the range of step 5 is {@link Extent}'s. */
    static Precondition evaluate(Request client, int status, Headers selected) {
        // RFC 9110 §13.2.1: only where the answer without them would be 2xx
        if (status < 200 || status > 299 || (!client.isGet() && !client.isHead())) {
            return Precondition.SEND;
        }
        Headers headers = client.headers();
        String match = headers.list("If-Match");
        if (match != null) {
            if (!isAny(match) && FieldLists.tags(match).stream().noneMatch(tag -> isSameBytes(tag, selected))) {
                return Precondition.FAILED; // step 1
            }
        } else if (headers.contains("If-Unmodified-Since")
                && isModifiedSince(headers, "If-Unmodified-Since", Freshness.date(selected, "Last-Modified"))) {
            return Precondition.FAILED; // step 2
        }
        String noneMatch = headers.list("If-None-Match");
        if (noneMatch != null) {
            // step 3
            return isAny(noneMatch) || matched(noneMatch, selected) != null
                    ? Precondition.NOT_MODIFIED
                    : Precondition.SEND;
        }
        // step 4: §13.1.3: only without If-None-Match, and only if it is a date
        Instant since = Freshness.date(headers, "If-Modified-Since");
        Instant modified = since == null ? null : modified(selected);
        return since != null && modified != null && !modified.isAfter(since)
                ? Precondition.NOT_MODIFIED
                : Precondition.SEND;
    }

    /** The first tag of the list that names the selected representation, in whatever coding; null where none does. */
    static @Nullable String matched(String noneMatch, Headers selected) {
        String etag = EntityTags.of(selected);
        if (etag == null) {
            return null;
        }
        String identity = EntityTags.withoutCoding(etag);
        for (String tag : FieldLists.tags(noneMatch)) {
            if (EntityTags.matchesWeakly(EntityTags.withoutCoding(tag), identity)) {
                return tag;
            }
        }
        return null;
    }

    private static boolean isAny(String field) {
        return FieldLists.trim(field).equals("*");
    }

    /** §13.1.1: strongly, so each coding's tag stands for itself. */
    private static boolean isSameBytes(String tag, Headers selected) {
        String etag = EntityTags.of(selected);
        return etag != null && EntityTags.matchesStrongly(tag, etag);
    }

    private static boolean isModifiedSince(Headers client, String field, @Nullable Instant modified) {
        Instant date = Freshness.date(client, field);
        return date != null && modified != null && modified.isAfter(date);
    }

    /** RFC 9111 §4.3.2: Date stands in where there is no Last-Modified. */
    private static @Nullable Instant modified(Headers selected) {
        Instant modified = Freshness.date(selected, "Last-Modified");
        return modified != null ? modified : Freshness.date(selected, "Date");
    }
}
