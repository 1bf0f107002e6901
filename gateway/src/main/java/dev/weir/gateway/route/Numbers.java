package dev.weir.gateway.route;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads plain counts and switches. */
final class Numbers {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    private Numbers() {}

    /** The decimal whole number, if it is one within these bounds, both included. */
    static Optional<Integer> whole(String text, int least, int most) {
        return Optional.of(text)
                .filter(digits -> DIGITS.matcher(digits).matches())
                .map(Integer::valueOf)
                .filter(number -> number >= least && number <= most);
    }

    /** {@code true} or {@code false}, in these spellings alone: YAML's {@code yes} and {@code on} surprise too many. */
    static Optional<Boolean> flag(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
