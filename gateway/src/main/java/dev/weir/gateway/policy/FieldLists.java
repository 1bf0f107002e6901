package dev.weir.gateway.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Comma-separated field values (RFC 9110 §5.6.1), where commas inside quotes do not separate. */
final class FieldLists {

    private FieldLists() {}

    /** The members, trimmed; empty ones are no members (RFC 9110 §5.6.1.2). In strings a backslash escapes (§5.6.4). */
    static List<String> split(String value) {
        return split(value, true);
    }

    /** The same for entity tags, in which a backslash is a character like others (RFC 9110 §8.8.3). */
    static List<String> tags(String value) {
        return split(value, false);
    }

    /** The members of a list of field names (Vary, Connection), whose grammar knows no quotes that could hide a comma. */
    static List<String> names(String value) {
        List<String> names = new ArrayList<>(4);
        for (String member : value.split(",", -1)) {
            addTo(names, member.toLowerCase(Locale.ROOT));
        }
        return names;
    }

    private static List<String> split(String value, boolean escapes) {
        List<String> members = new ArrayList<>(4);
        boolean strings = true;
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' && strings) {
                int end = end(value, i, escapes);
                // a string that never closes is none, or it would hide what comes after it; then no later one closes
                strings = end > i;
                i = Math.max(i, end);
            } else if (c == ',') {
                addTo(members, value.substring(start, i));
                start = i + 1;
            }
        }
        addTo(members, value.substring(start));
        return members;
    }

    /** Where the string that opens there closes; -1 where it does not. */
    private static int end(String value, int open, boolean escapes) {
        for (int i = open + 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                return i;
            }
            if (c == '\\' && escapes) {
                i++;
            }
        }
        return -1;
    }

    private static void addTo(List<String> members, String member) {
        String trimmed = trim(member);
        if (!trimmed.isEmpty()) {
            members.add(trimmed);
        }
    }

    /** Without the optional white space around it: spaces and tabs (RFC 9110 §5.6.3), nothing else. */
    static String trim(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && isWhiteSpace(value.charAt(start))) {
            start++;
        }
        while (end > start && isWhiteSpace(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }

    private static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
