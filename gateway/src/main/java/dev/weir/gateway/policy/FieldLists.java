package dev.weir.gateway.policy;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated field values (RFC 9110 §5.6.1), where commas inside quotes do not separate. */
final class FieldLists {

    private FieldLists() {}

    /** The members, trimmed; empty ones are no members (RFC 9110 §5.6.1.2). */
    static List<String> split(String value) {
        return split(value, ',');
    }

    static List<String> split(String value, char separator) {
        List<String> members = new ArrayList<>(4);
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == separator && !quoted) {
                addTo(members, value.substring(start, i));
                start = i + 1;
            }
        }
        addTo(members, value.substring(start));
        return members;
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
