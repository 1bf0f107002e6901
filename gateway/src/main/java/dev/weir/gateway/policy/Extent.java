package dev.weir.gateway.policy;

import dev.weir.gateway.http.ByteRanges;
import dev.weir.gateway.http.ByteRanges.Slice;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.HttpDate;
import dev.weir.gateway.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How much of a representation goes out (RFC 9110 §14.2). Asked once the preconditions are met; always of the identity
 * form, since positions in coded bytes mean nothing to anybody.
 *
 * @param slices what to send for {@code PARTS}, in the order asked for; else empty
 */
public record Extent(Verdict verdict, List<Slice> slices) {

    /** More ranges than this in one request are an attack or a mistake (RFC 9110 §17.15): the whole answers them. */
    private static final int MAX_SLICES = 16;

    /** RFC 9110 §8.8.2.2: a date so much older than the response's own is a strong validator. */
    private static final Duration CLOCK_MARGIN = Duration.ofSeconds(60);

    public enum Verdict {
        /** All of it, with the status it has. */
        WHOLE,
        /** 206, of one part or several. */
        PARTS,
        /** 416. */
        UNSATISFIABLE
    }

    private static final Extent WHOLE = new Extent(Verdict.WHOLE, List.of());

    public Extent {
        slices = List.copyOf(slices);
    }

    /**
     * The verdict.
     *
     * @param status of the response without a range
     * @param selected its fields
     * @param length of its identity form in bytes
     */
    public static Extent decide(Request client, int status, Headers selected, long length) {
        String range = client.headers().only("Range");
        // §14.2: defined for GET alone, and only where the answer would be 200
        if (range == null || !client.isGet() || status != 200 || !isCurrent(client.headers(), selected)) {
            return WHOLE;
        }
        List<Slice> slices = ByteRanges.select(range, length);
        if (slices == null || slices.size() > MAX_SLICES || overlap(slices)) {
            return WHOLE; // §14.2: a server may ignore Range
        }
        return slices.isEmpty() ? new Extent(Verdict.UNSATISFIABLE, slices) : new Extent(Verdict.PARTS, slices);
    }

    /** §13.1.5: with If-Range, parts go only to those who hold the rest of the very same bytes. */
    static boolean isCurrent(Headers client, Headers selected) {
        String condition = client.only("If-Range");
        if (condition == null) {
            return !client.contains("If-Range"); // repeated: in error, and the whole is always right
        }
        String etag = EntityTags.of(selected);
        if (EntityTags.isValid(condition)) {
            return etag != null && EntityTags.matchesStrongly(condition, etag);
        }
        Instant held = HttpDate.parse(condition);
        Instant modified = Freshness.date(selected, "Last-Modified");
        Instant date = Freshness.date(selected, "Date");
        return held != null && date != null && held.equals(modified) && !date.isBefore(held.plus(CLOCK_MARGIN));
    }

    private static boolean overlap(List<Slice> slices) {
        for (int i = 0; i < slices.size(); i++) {
            for (Slice other : slices.subList(i + 1, slices.size())) {
                if (slices.get(i).first() <= other.last()
                        && other.first() <= slices.get(i).last()) {
                    return true;
                }
            }
        }
        return false;
    }
}
