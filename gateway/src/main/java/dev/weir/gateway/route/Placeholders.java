package dev.weir.gateway.route;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills {@code ${NAME}} and {@code ${NAME:-default}} from the environment. As in a shell, the default also stands for a
 * variable that is set but empty. What comes from the environment is taken as it is and not looked through again.
 */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?}");

    private final Map<String, String> environment;

    Placeholders(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * The text with every placeholder filled.
     *
     * @throws Unfilled if a variable is unset and has no default, or a placeholder is malformed
     */
    String fill(String text) throws Unfilled {
        StringBuilder filled = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(text);
        int from = 0;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new Unfilled(text.substring(at), "${NAME} or ${NAME:-default}");
            }
            filled.append(text, from, at).append(value(matcher));
            from = matcher.end();
        }
        return filled.append(text, from, text.length()).toString();
    }

    private String value(Matcher placeholder) throws Unfilled {
        String name = placeholder.group(1);
        @Nullable String fallback = placeholder.group(3);
        @Nullable String set = environment.get(name);
        if (fallback != null) {
            return set == null || set.isEmpty() ? fallback : set;
        }
        if (set == null) {
            throw new Unfilled(
                    placeholder.group(),
                    "the environment variable " + name + " to be set, or a default: ${" + name + ":-default}");
        }
        return set;
    }

    /** A placeholder that can't be filled. */
    static final class Unfilled extends Exception {
        private final String placeholder;
        private final String expected;

        Unfilled(String placeholder, String expected) {
            super(placeholder + " (expected: " + expected + ")", null, false, false);
            this.placeholder = placeholder;
            this.expected = expected;
        }

        String placeholder() {
            return placeholder;
        }

        String expected() {
            return expected;
        }
    }
}
