package dev.weir.gateway.policy;

import dev.weir.gateway.http.ByteRanges;
import dev.weir.gateway.http.ByteRanges.Slice;
import dev.weir.gateway.http.ContentRange;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Incomplete responses (RFC 9111 §3.3, §3.4): a stored 206 keeps its status and its Content-Range, answers ranges within
 * itself, and grows by parts with the same strong validator until it is whole.
 */
public final class Parts {

    private Parts() {}

    /** May this 206 be stored as a part? Never multipart, whose bytes are not the representation's. */
    public static Storage decide(Request upstream, ResponseHead head, CacheRules rules) {
        if (head.status() != 206 || range(head) == null) {
            return new Storage(Storage.Verdict.PASS, "partial");
        }
        // all other rules hold for it as for the whole
        return Storage.decide(upstream, new ResponseHead(200, head.headers()), rules);
    }

    /** Where the stored part lies; null where the response is whole. */
    public static @Nullable ContentRange rangeOf(StoredResponse stored) {
        return range(stored.head());
    }

    /**
     * What of the stored part answers that request.
     *
     * @return the one slice asked for, by positions in the whole representation; null where the part has not all of it
     */
    public static @Nullable Slice covered(StoredResponse part, Request client) {
        ContentRange held = rangeOf(part);
        String range = client.headers().only("Range");
        if (held == null || range == null || !client.isGet() || !Extent.isCurrent(client.headers(), part.headers())) {
            return null;
        }
        List<Slice> asked = ByteRanges.select(range, held.length());
        return asked != null && asked.size() == 1 && held.slice().contains(asked.get(0)) ? asked.get(0) : null;
    }

    /** The bytes of a slice that {@link #covered} gave. */
    public static byte[] bytes(StoredResponse part, Slice slice) {
        ContentRange held = rangeOf(part);
        long start = held == null ? 0 : held.slice().first();
        int from = Math.toIntExact(slice.first() - start);
        return Arrays.copyOfRange(part.body().identity(), from, from + Math.toIntExact(slice.length()));
    }

    /**
     * The fields that ask the origin for what a part lacks (§3.4): the rest, if it is still the same.
     *
     * @return null where the part lacks more than one piece, or has no strong validator: fetch the whole
     */
    public static @Nullable Headers completion(StoredResponse part) {
        ContentRange held = rangeOf(part);
        String etag = EntityTags.ofOrigin(part.headers());
        if (held == null || etag == null || !EntityTags.isStrong(etag)) {
            return null;
        }
        if (held.slice().first() == 0) {
            return Headers.of("Range", "bytes=" + (held.slice().last() + 1) + "-", "If-Range", etag);
        }
        return held.slice().last() == held.length() - 1
                ? Headers.of("Range", "bytes=0-" + (held.slice().first() - 1), "If-Range", etag)
                : null;
    }

    /**
     * Two parts made one, or the whole.
     *
     * @param arrived a later part of the same representation
     * @return with the later one's fields; status 200 and no Content-Range once nothing lacks; null where §3.4 forbids it or
     *     a gap would be left
     */
    public static @Nullable StoredResponse combine(StoredResponse part, StoredResponse arrived) {
        ContentRange one = rangeOf(part);
        ContentRange other = rangeOf(arrived);
        if (one == null || other == null || one.length() != other.length() || !isSame(part, arrived)) {
            return null;
        }
        Slice union = new Slice(
                Math.min(one.slice().first(), other.slice().first()),
                Math.max(one.slice().last(), other.slice().last()));
        if (union.length() > one.slice().length() + other.slice().length()) {
            return null;
        }
        byte[] bytes = new byte[Math.toIntExact(union.length())];
        copy(part, one.slice(), bytes, union);
        copy(arrived, other.slice(), bytes, union);
        return new StoredResponse(
                part.key(),
                head(part, arrived, new ContentRange(union, one.length())),
                arrived.times(),
                part.variant(),
                arrived.provenance(),
                Body.of(bytes));
    }

    /** §3.4: the same strong validator of the origin's. */
    private static boolean isSame(StoredResponse part, StoredResponse arrived) {
        String one = EntityTags.ofOrigin(part.headers());
        String other = EntityTags.ofOrigin(arrived.headers());
        return one != null && other != null && EntityTags.matchesStrongly(one, other);
    }

    /** §3.4: the later fields replace the earlier ones, as in a validation. */
    private static ResponseHead head(StoredResponse part, StoredResponse arrived, ContentRange range) {
        Headers fields = Freshening.merge(part.headers(), arrived.headers(), arrived.times());
        boolean whole = range.slice().length() == range.length();
        return whole
                ? new ResponseHead(200, fields.without("Content-Range"))
                : new ResponseHead(206, fields.with("Content-Range", range.value()));
    }

    private static void copy(StoredResponse part, Slice slice, byte[] bytes, Slice union) {
        byte[] source = part.body().identity();
        System.arraycopy(source, 0, bytes, Math.toIntExact(slice.first() - union.first()), source.length);
    }

    /** The range of a single part whose whole length is known; null for anything else. */
    private static @Nullable ContentRange range(ResponseHead head) {
        String value = head.status() == 206 ? head.headers().only("Content-Range") : null;
        ContentRange range = value == null ? null : ContentRange.parse(value);
        return range != null && range.length() != -1 ? range : null;
    }
}
