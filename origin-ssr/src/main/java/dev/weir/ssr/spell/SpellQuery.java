package dev.weir.ssr.spell;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a list asks for. Made from the parameters of an address: parameters it does not know, and values that mean
 * nothing, count as absent, so that every address has an answer.
 *
 * @param q words to look for in name or description, trimmed and at most {@link #MAX_TEXT} characters; empty for none
 * @param page from 1
 */
public record SpellQuery(
        String q, @Nullable School school, @Nullable Integer level, Sort sort, int page) {
    /** The longest search text; what is longer is cut. */
    public static final int MAX_TEXT = 100;

    /** The highest level of a spell. */
    public static final int MAX_LEVEL = 9;

    private static final int MAX_PAGE = 10_000;

    /** The order of a list; spells that are equal in it come by name. */
    public enum Sort {
        NAME,
        LEVEL
    }

    /** Reads a query; the function gives a parameter's first value, or null. */
    public static SpellQuery of(Function<String, @Nullable String> parameters) {
        return new SpellQuery(
                text(parameters.apply("q")),
                school(parameters.apply("school")).orElse(null),
                level(parameters.apply("level")),
                "level".equals(parameters.apply("sort")) ? Sort.LEVEL : Sort.NAME,
                number(parameters.apply("page"), 1, MAX_PAGE).orElse(1));
    }

    private static String text(@Nullable String value) {
        if (value == null) {
            return "";
        }
        // A NUL cannot be stored as text in every database, and half a surrogate pair is no text at all.
        String clean = value.replace("\0", "").strip();
        if (clean.length() <= MAX_TEXT) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
        return clean.substring(0, end);
    }

    private static Optional<School> school(@Nullable String value) {
        return value == null ? Optional.empty() : School.of(value);
    }

    private static @Nullable Integer level(@Nullable String value) {
        OptionalInt level = number(value, 0, MAX_LEVEL);
        return level.isPresent() ? level.getAsInt() : null;
    }

    private static OptionalInt number(@Nullable String value, int least, int most) {
        if (value == null || !value.matches("[0-9]{1,5}")) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(value);
        return number >= least && number <= most ? OptionalInt.of(number) : OptionalInt.empty();
    }
}
