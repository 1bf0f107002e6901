package dev.weir.loadtest.command;

/** The help text. */
public final class Usage {
    public static final String TEXT = """
            usage: ./weir load [herd|browse] [OPTION...]

            Runs against a stack on this machine: first a herd (many clients at once on one cold page), then a browse over
            all pages that a crawl finds. Exit: 0 good; 1 if the herd reached an origin more often than allowed, bodies
            differ, or any answer failed; 2 wrong usage. docs/load.md says what each number means.

              --gateway URL         a gateway to visit; repeat it for several (default: those of the running stack)
              --origin-metrics URL  an origin whose request count to read; repeat it (default: those of the running stack)
              --timeout SECONDS     for each phase (default 120)
              --json FILE           write the result for machines there as well

            herd:
              --clients N           each with a connection of its own (default 1000)
              --url PATH            a real page; a unique query makes it cold (default /blog/)
              --origin-limit N      how many requests may reach an origin (default: once per gateway)

            browse:
              --requests N          (default 20000)
              --connections M       requests under way at once (default 64)
              --seed S              the same seed asks for the same pages in the same order (default 1)
            """;

    private Usage() {}
}
