package dev.weir.ssr.spell;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A spell that cannot be accepted, and why. An expected outcome, so it carries no stack trace. */
public final class InvalidSpell extends RuntimeException {
    private final transient Map<String, String> problems;

    InvalidSpell(Map<String, String> problems) {
        super("invalid: " + problems.keySet(), null, false, false);
        this.problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
    }

    /** Returns what was expected of each field that is wrong, by the field's name. */
    public Map<String, String> problems() {
        return problems;
    }
}
