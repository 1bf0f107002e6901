package dev.weir.gateway.wiring;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written with its unit: {@code 512KiB}, {@code 256MiB}, {@code 1GiB}, {@code 100B}. */
public record ByteSize(long bytes) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(B|KiB|MiB|GiB)", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Integer> SHIFT = Map.of("b", 0, "kib", 10, "mib", 20, "gib", 30);

    /** A bare number, as YAML gives it: which unit it is meant in can't be known. */
    public static ByteSize valueOf(Integer number) {
        return valueOf(number.toString());
    }

    /**
     * Reads one; Spring's binder finds this method by its name.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static ByteSize valueOf(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text + " (expected: a size such as 512KiB, 256MiB or 1GiB)");
        }
        int shift = SHIFT.getOrDefault(matcher.group(2).toLowerCase(Locale.ROOT), 0);
        return new ByteSize(Long.parseLong(matcher.group(1)) << shift);
    }
}
