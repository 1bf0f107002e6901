package dev.weir.gateway.route;

import java.util.Comparator;

/**
 * One mistake in a file, told so that it can be mended without another look-up.
 *
 * @param source the file's name
 * @param line from 1; 0 where the file as a whole is meant
 * @param column from 1, in code points; 0 with line 0
 * @param key the key it is about, as {@code cache.ttl}; empty where none is meant
 * @param found what stands there: the value in quotes, or in words ({@code missing}, {@code a list})
 * @param expected what would be right
 */
public record Problem(String source, int line, int column, String key, String found, String expected) {

    /** In the order of the file. */
    static final Comparator<Problem> BY_PLACE =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    static Problem ofFile(String source, String found, String expected) {
        return new Problem(source, 0, 0, "", found, expected);
    }

    /** As compilers write it, {@code routes.yaml:12:7: cache.ttl: "30" (expected: a duration such as 30s)}. */
    @Override
    public String toString() {
        String place = line == 0 ? source : source + ':' + line + ':' + column;
        String subject = key.isEmpty() ? "" : key + ": ";
        return place + ": " + subject + found + " (expected: " + expected + ")";
    }
}
