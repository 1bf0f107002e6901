package dev.weir.blog.content;

import java.util.List;
import java.util.stream.Collectors;

/** The folder cannot become a blog; carries every problem found, so that one look mends them all. */
public final class MalformedContent extends Exception {
    // Not part of any serialized form: exceptions of this origin never leave the process.
    private final transient List<Problem> problems;

    public MalformedContent(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")), null, false, false);
        this.problems = List.copyOf(problems);
    }

    MalformedContent(String file, int line, String reason) {
        this(List.of(new Problem(file, line, reason)));
    }

    /** At least one, in the order of the files. */
    public List<Problem> problems() {
        return problems;
    }
}
