package dev.weir.gateway.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Byte ranges as a request asks for them (RFC 9110 §14.1.2, §14.2). */
public final class ByteRanges {

    private static final String UNIT = "bytes=";

    private ByteRanges() {}

    /** Positions of a part, both inclusive. */
    public record Slice(long first, long last) {

        public long length() {
            return last - first + 1;
        }

        public boolean contains(Slice other) {
            return first <= other.first && other.last <= last;
        }
    }

    /**
     * The parts of a representation of that length that a Range field asks for.
     *
     * @return in the order asked for, cut to the length, those beyond it left out; empty where none can be satisfied; null
     *     where the field is no byte range at all and must be ignored
     */
    public static @Nullable List<Slice> select(String range, long length) {
        // §14.1: range units are case-insensitive
        if (!range.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return null;
        }
        List<Slice> slices = new ArrayList<>(2);
        boolean any = false;
        for (String spec : range.substring(UNIT.length()).split(",", -1)) {
            String trimmed = trim(spec);
            if (trimmed.isEmpty()) {
                continue; // §5.6.1.2: empty list elements are of no account
            }
            Slice slice = slice(trimmed, length);
            if (slice == null) {
                return null;
            }
            any = true;
            if (slice.first() <= slice.last()) {
                slices.add(slice);
            }
        }
        return any ? slices : null;
    }

    /** One range; with its end before its start where it lies beyond the representation; null where it is malformed. */
    private static @Nullable Slice slice(String spec, long length) {
        int dash = spec.indexOf('-');
        if (dash < 0) {
            return null;
        }
        long first = position(spec.substring(0, dash));
        long last = position(spec.substring(dash + 1));
        boolean isSuffix = dash == 0;
        boolean isOpen = dash == spec.length() - 1;
        if (isSuffix) {
            return last < 0 ? null : new Slice(Math.max(0, length - last), length - 1);
        }
        if (first < 0 || (!isOpen && (last < 0 || last < first))) {
            return null;
        }
        return new Slice(first, isOpen ? length - 1 : Math.min(last, length - 1));
    }

    /** A number of digits alone, what is too large for a long cut to the largest; -1 for anything else. */
    static long position(String digits) {
        long value = digits.isEmpty() ? -1 : 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : 10 * value + digit;
        }
        return value;
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && " \t".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && " \t".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }
}
