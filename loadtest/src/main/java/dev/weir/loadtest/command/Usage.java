package dev.weir.loadtest.command;

/** The help text. */
public final class Usage {
    public static final String TEXT = """
            usage: ./weir load [herd|browse] [OPTION...]
                   ./weir load herd --replicas N [OPTION...]
                   ./weir load spread [OPTION...]

            Without --replicas, runs against the stack that ./weir up started: first a herd (many clients at once on one cold
            page), then a browse over all pages that a crawl finds.
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

            With --replicas, and for spread, starts all it needs by itself and ends it afterwards: a scripted origin whose
            pages take 200 ms, a Redis, gateways.
            herd: the same herd on cold pages against the gateways, and against nginx and Varnish where they are installed.
              --replicas N          gateways, 1 to 10
              --clients N           each with a connection of its own, spread over the gateways (default 1000)
              --private-clients N   as many where each needs an answer of its own (default 200)
              --scene NAME          page, chunked or private; repeat it for several (default: all)
              --no-peers            Weir alone
            spread: how close together one gateway answers all who waited for a page, against bare writing.
            both:
              --rounds N            counted ones, each on a cold page (default 3, for spread 20)
              --warm-ups N          rounds before them that do not count (default 3, for spread 30)
              --setting KEY=VALUE   a key of config/gateway.yaml for the gateways, e.g. redis.budget=1s; repeat it for several
              --timeout SECONDS     for each round (default 60)
              --json FILE           write the result for machines there as well
              --markdown FILE       write the tables there as well

            Exit: 0 good; 1 if an origin was asked more often than allowed, bodies differ, or any answer failed; 2 wrong usage.
            docs/load.md says what each number means.
            """;

    private Usage() {}
}
