package dev.weir.loadtest.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a {@code Cache-Status} field: a structured list whose members are tokens or strings with parameters
 * (RFC 9211 §2, RFC 8941 §4.2.1). A field that is no such list reads as empty, as RFC 8941 §4.2 asks.
 */
final class CacheStatusField {
    private final String text;
    private int at;

    private CacheStatusField(String text) {
        this.text = text;
    }

    static List<CacheStatus> parse(String text) {
        try {
            return new CacheStatusField(text).members();
        } catch (MalformedField malformed) {
            return List.of();
        }
    }

    private List<CacheStatus> members() {
        List<CacheStatus> members = new ArrayList<>();
        skipBlanks();
        while (at < text.length()) {
            members.add(new CacheStatus(bareItem(), parameters()));
            skipBlanks();
            if (at == text.length()) {
                return members;
            }
            expect(',');
            skipBlanks();
            if (at == text.length()) {
                throw new MalformedField("a comma with nothing behind it");
            }
        }
        return members;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        while (at < text.length() && text.charAt(at) == ';') {
            at++;
            skipBlanks();
            String name = run("parameter name").toLowerCase(Locale.ROOT);
            String value = "true";
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                value = bareItem();
            }
            parameters.put(name, value);
        }
        return parameters;
    }

    private String bareItem() {
        if (at < text.length() && text.charAt(at) == '"') {
            return string();
        }
        if (text.startsWith("?1", at) || text.startsWith("?0", at)) {
            at += 2;
            return Boolean.toString(text.charAt(at - 1) == '1');
        }
        return run("token or number");
    }

    private String string() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return value.toString();
            }
            if (c == '\\') {
                if (at == text.length()) {
                    break;
                }
                c = text.charAt(at++);
            }
            value.append(c);
        }
        throw new MalformedField("a string without its end");
    }

    private String run(String what) {
        int start = at;
        while (at < text.length() && " \t;,=\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == start) {
            throw new MalformedField(what + " (expected at " + start + ")");
        }
        return text.substring(start, at);
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private void expect(char c) {
        if (text.charAt(at) != c) {
            throw new MalformedField("'" + c + "' (expected at " + at + ")");
        }
        at++;
    }

    /** The field is no structured list; caught where the parsing starts. */
    private static final class MalformedField extends RuntimeException {
        MalformedField(String reason) {
            super(reason, null, false, false);
        }
    }
}
