package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import java.util.List;
import java.util.stream.Collectors;

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
        return value.isEmpty() ? EMPTY : value;
    }
}
