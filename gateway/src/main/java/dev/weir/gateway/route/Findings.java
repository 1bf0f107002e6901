package dev.weir.gateway.route;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;

/** Collects what is wrong with one file while it is read; belongs to one reading, on one thread. */
final class Findings {

    private final String source;
    private final Placeholders placeholders;
    // a set: what an alias repeats is told once
    private final Set<Problem> problems = new LinkedHashSet<>();

    Findings(String source, Placeholders placeholders) {
        this.source = source;
        this.placeholders = placeholders;
    }

    void add(Mark mark, String key, String found, String expected) {
        problems.add(new Problem(source, mark.getLine() + 1, mark.getColumn() + 1, key, found, expected));
    }

    Placeholders placeholders() {
        return placeholders;
    }

    String source() {
        return source;
    }

    /** All of them, in the order of the file. */
    List<Problem> problems() {
        return problems.stream().sorted(Problem.BY_PLACE).toList();
    }
}
