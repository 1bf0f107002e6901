package dev.weir.gateway.http;

import dev.weir.gateway.http.ByteRanges.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Where a part lies in its representation (RFC 9110 §14.4).
 *
 * @param slice first and last position
 * @param length of the whole representation; -1 where the sender does not know it
 */
public record ContentRange(Slice slice, long length) {

    private static final String UNIT = "bytes ";

    /** {@code bytes 0-4/10} or {@code bytes 0-4/*}; null for anything else, an unsatisfied range among it. */
    public static @Nullable ContentRange parse(String value) {
        int slash = value.indexOf('/');
        int dash = value.indexOf('-');
        if (!value.regionMatches(true, 0, UNIT, 0, UNIT.length()) || dash < UNIT.length() || slash < dash) {
            return null;
        }
        long first = ByteRanges.position(value.substring(UNIT.length(), dash));
        long last = ByteRanges.position(value.substring(dash + 1, slash));
        String whole = value.substring(slash + 1);
        long length = whole.equals("*") ? -1 : ByteRanges.position(whole);
        // §14.4: invalid where the last position is before the first, or the length not beyond the last
        boolean known = length >= 0 || whole.equals("*");
        if (first < 0 || last < first || !known || (length >= 0 && length <= last)) {
            return null;
        }
        return new ContentRange(new Slice(first, last), length);
    }

    /** The field value of a 416: {@code bytes *}{@code /10}. */
    public static String unsatisfied(long length) {
        return UNIT + "*/" + length;
    }

    /** The field value. */
    public String value() {
        return UNIT + slice.first() + '-' + slice.last() + '/' + (length < 0 ? "*" : Long.toString(length));
    }
}
