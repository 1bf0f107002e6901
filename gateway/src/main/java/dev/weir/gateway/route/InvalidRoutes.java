package dev.weir.gateway.route;

import java.util.List;
import java.util.stream.Collectors;

/** The routes file is wrong where there is no older table to go on with: the gateway can't start. */
public final class InvalidRoutes extends Exception {

    private final transient List<Problem> problems;

    InvalidRoutes(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** All of them, in the order of the file; the message holds one a line. */
    public List<Problem> problems() {
        return problems;
    }
}
