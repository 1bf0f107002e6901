package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request field's value in the form that variants are compared by. RFC 9111 §4.1 lets a cache join lines, change
 * white space where the grammar allows it, and normalise what is known to mean the same.
 */
final class VaryValue {

    /** An empty field is not an absent one, and no trimmed value is a space. */
    private static final String EMPTY = " ";

    private static final String ABSENT = "";

    private VaryValue() {}

    /**
     * The normalised value.
     *
     * @param name in lower case
     */
    static String of(String name, Headers request) {
        List<String> lines = request.all(name);
        if (lines.isEmpty()) {
            return ABSENT;
        }
        String value = lines.stream().map(FieldLists::trim).collect(Collectors.joining(", "));
        String normal = switch (name) {
            case "accept-encoding", "accept-language", "accept-charset" -> weighted(value);
            case "accept", "accept-datetime", "cache-control", "prefer" -> respaced(value);
            default -> value; // of an unknown grammar only the lines may be joined
        };
        return normal.isEmpty() ? EMPTY : normal;
    }

    /** What a list of weighted names likes best, in lower case; null where that is not one thing. */
    static @Nullable String favourite(@Nullable String value) {
        List<Weighted> members = value == null ? null : Weighted.parse(value);
        if (members == null || members.isEmpty()) {
            return null;
        }
        Weighted best = members.get(0);
        for (Weighted member : members) {
            best = member.thousandths() > best.thousandths() ? member : best;
        }
        int top = best.thousandths();
        boolean alone =
                members.stream().filter(member -> member.thousandths() == top).count() == 1;
        return alone && top > 0 ? best.name() : null;
    }

    /** RFC 9110 §12.4.2: neither order nor case nor the spelling of a weight changes what such a list means. */
    private static String weighted(String value) {
        List<Weighted> members = Weighted.parse(value);
        return members == null
                ? value
                : members.stream().distinct().sorted().map(Weighted::text).collect(Collectors.joining(","));
    }

    private static String respaced(String value) {
        return String.join(",", FieldLists.split(value));
    }
}
