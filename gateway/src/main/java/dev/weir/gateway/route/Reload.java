package dev.weir.gateway.route;

import java.util.List;

/**
 * What came of looking at the file again.
 *
 * @param before the table on duty when it began
 * @param after the table on duty since: a new one if applied, else the same
 * @param problems why the file was refused; empty otherwise
 */
public record Reload(Outcome outcome, RouteTable before, RouteTable after, List<Problem> problems) {

    /** Copies the list. */
    public Reload {
        problems = List.copyOf(problems);
    }

    /** How it ended. */
    public enum Outcome {
        /** The file says something new, which is on duty now. */
        APPLIED,
        /** The file says what is on duty already. */
        UNCHANGED,
        /** The file is wrong or can't be read; nothing changed. */
        REFUSED
    }

    static Reload applied(RouteTable before, RouteTable after) {
        return new Reload(Outcome.APPLIED, before, after, List.of());
    }

    static Reload unchanged(RouteTable table) {
        return new Reload(Outcome.UNCHANGED, table, table, List.of());
    }

    static Reload refused(RouteTable table, List<Problem> problems) {
        return new Reload(Outcome.REFUSED, table, table, problems);
    }

    /** The version of the table now on duty. */
    public String version() {
        return after.version();
    }

    /** What the file changed; nothing unless applied. */
    public TableChanges changes() {
        return TableChanges.between(before, after);
    }
}
