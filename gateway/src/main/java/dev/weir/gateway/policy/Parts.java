package dev.weir.gateway.policy;

import dev.weir.gateway.http.ByteRanges;
import dev.weir.gateway.http.ByteRanges.Slice;
import dev.weir.gateway.http.ContentRange;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Incomplete responses (RFC 9111 §3.3, §3.4): a stored 206 keeps its status and its Content-Range, answers ranges within
 * itself, and grows by parts with the same strong validator until it is whole.
 */
public final class Parts {

    /** A part that brings less than this fraction of what is held already is not worth copying that for. */
    private static final int WORTH_COPYING = 16;

    private Parts() {}

    /** May this 206 be stored as a part? Never multipart, whose bytes are not the representation's. */
    public static Storage decide(Request upstream, ResponseHead head, CacheRules rules) {
        if (head.status() != 206 || range(head) == null) {
            return new Storage(Storage.Verdict.PASS, "partial");
        }
        // all other rules hold for it as for the whole
        return Storage.decide(upstream, new ResponseHead(200, head.headers()), rules);
    }

    /**
     * The part as it is stored: its fields as of a whole response, and no entity tag made from its bytes, which are not
     * the representation's. To be asked for only after {@link #decide} said so.
     *
     * @param bytes all that came
     * @return null where that is not what its Content-Range says: nobody knows where these bytes belong
     */
    public static @Nullable StoredResponse make(
            CacheKey key,
            Storage.Exchange exchange,
            StoredResponse.Provenance provenance,
            byte[] bytes,
            CacheRules rules) {
        ContentRange range = range(exchange.head());
        return range != null && range.slice().length() == bytes.length
                ? Storage.make(key, exchange, provenance, bytes, rules)
                : null;
    }

    /**
     * A whole response that may be stored and that broke off, as the part that came of it (§3.3).
     *
     * @param exchange with the head of the whole
     * @param start the bytes that came
     * @return null where it could never be completed: its length is unknown, or it has no strong validator of its origin's
     */
    public static @Nullable StoredResponse brokenOff(
            CacheKey key,
            Storage.Exchange exchange,
            StoredResponse.Provenance provenance,
            byte[] start,
            CacheRules rules) {
        ResponseHead head = exchange.head();
        String promised = head.headers().only("Content-Length");
        long length = promised == null ? -1 : CacheControl.deltaSeconds(promised);
        String etag = EntityTags.ofOrigin(head.headers());
        boolean strong = etag != null && EntityTags.isStrong(etag);
        if (head.status() != 200 || !strong || start.length == 0 || start.length >= length) {
            return null;
        }
        ContentRange range = new ContentRange(new Slice(0, start.length - 1L), length);
        ResponseHead part =
                new ResponseHead(206, head.headers().without("Content-Length").with("Content-Range", range.value()));
        return make(key, new Storage.Exchange(exchange.upstream(), part, exchange.times()), provenance, start, rules);
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
     * The head of the whole that the answer to {@link #completion} makes of a part (§3.4).
     *
     * @param answer a 206
     * @param times of the completion
     * @return status 200 with the length of the whole; null where the answer is not exactly what the part lacks, or not
     *     certainly of the same representation
     */
    public static @Nullable ResponseHead completed(
            StoredResponse part, ResponseHead answer, StoredResponse.Times times) {
        ContentRange held = rangeOf(part);
        ContentRange brought = range(answer);
        if (held == null
                || brought == null
                || held.length() != brought.length()
                || !isSame(part.headers(), answer.headers())) {
            return null;
        }
        boolean fits = held.slice().first() == 0
                ? brought.slice().equals(new Slice(held.slice().last() + 1, held.length() - 1))
                : held.slice().last() == held.length() - 1
                        && brought.slice().equals(new Slice(0, held.slice().first() - 1));
        if (!fits) {
            return null;
        }
        Headers fields =
                Freshening.merge(part.headers(), answer.headers(), times).without("Content-Range");
        return new ResponseHead(200, fields.with("Content-Length", Long.toString(held.length())));
    }

    /** Whether both say, each by a tag of its origin's, that they are of different representations. */
    public static boolean differ(StoredResponse one, StoredResponse other) {
        String tag = EntityTags.ofOrigin(one.headers());
        String otherTag = EntityTags.ofOrigin(other.headers());
        return tag != null && otherTag != null && !EntityTags.matchesWeakly(tag, otherTag);
    }

    /**
     * Whether a part of the same representation brings so little that the one that is held is better left as it is: each
     * addition copies all of it, and a client may ask for a byte at a time.
     */
    public static boolean isTooLittle(StoredResponse part, StoredResponse arrived) {
        ContentRange one = rangeOf(part);
        ContentRange other = rangeOf(arrived);
        return one != null
                && other != null
                && isSame(part.headers(), arrived.headers())
                && other.slice().length() < one.slice().length() / WORTH_COPYING;
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
        if (one == null
                || other == null
                || one.length() != other.length()
                || !isSame(part.headers(), arrived.headers())) {
            return null;
        }
        Slice union = new Slice(
                Math.min(one.slice().first(), other.slice().first()),
                Math.max(one.slice().last(), other.slice().last()));
        if (union.length() > one.slice().length() + other.slice().length()) {
            return null;
        }
        ResponseHead head = head(part, arrived, new ContentRange(union, one.length()));
        // a purge of what only the earlier one's fields name must not miss both
        Set<Selector> selectors = Selectors.of(part.key(), head.headers());
        if (selectors.isEmpty()) {
            return null;
        }
        byte[] bytes = new byte[Math.toIntExact(union.length())];
        copy(part, one.slice(), bytes, union);
        copy(arrived, other.slice(), bytes, union);
        return new StoredResponse(
                part.key(),
                head,
                arrived.times(),
                part.variant(),
                new StoredResponse.Provenance(
                        arrived.provenance().position(), arrived.provenance().rulesHash(), selectors),
                Body.of(bytes));
    }

    /** §3.4: the same strong validator of the origin's. */
    private static boolean isSame(Headers part, Headers arrived) {
        String one = EntityTags.ofOrigin(part);
        String other = EntityTags.ofOrigin(arrived);
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
