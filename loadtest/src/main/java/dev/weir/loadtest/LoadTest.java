package dev.weir.loadtest;

import dev.weir.loadtest.client.OriginCounters;
import dev.weir.loadtest.client.Visitor;
import dev.weir.loadtest.command.CommandLine;
import dev.weir.loadtest.command.OpenFiles;
import dev.weir.loadtest.command.Options;
import dev.weir.loadtest.command.RigLine;
import dev.weir.loadtest.command.Usage;
import dev.weir.loadtest.command.UsageException;
import dev.weir.loadtest.report.BrowseResult;
import dev.weir.loadtest.report.HerdResult;
import dev.weir.loadtest.report.JsonReport;
import dev.weir.loadtest.report.Progress;
import dev.weir.loadtest.report.TextReport;
import dev.weir.loadtest.run.Browse;
import dev.weir.loadtest.run.BrowsePlan;
import dev.weir.loadtest.run.Herd;
import dev.weir.loadtest.run.HerdPlan;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** The command: phases in order, each reported as soon as it ends. */
public final class LoadTest {
    private static final int USAGE_ERROR = 2;

    private final Options options;
    private final PrintStream out;
    private final JsonReport json = new JsonReport();
    private boolean good = true;

    private LoadTest(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(run(Arrays.asList(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(Usage.TEXT);
            return 0;
        }
        try {
            return RigLine.isMeantBy(arguments)
                    ? new Measurement(RigLine.parse(arguments), out).run()
                    : new LoadTest(CommandLine.parse(arguments), out).run();
        } catch (UsageException refused) {
            err.println("load: " + refused.getMessage());
            return USAGE_ERROR;
        } catch (IOException | RuntimeException failed) {
            err.println("load: " + failed.getMessage());
            return 1;
        }
    }

    private int run() throws UsageException, IOException {
        if (options.herd().isPresent()) {
            herd(options.herd().get());
        }
        if (options.browse().isPresent()) {
            browse(options.browse().get());
        }
        if (options.bounds().json().isPresent()) {
            json.write(options.bounds().json().get(), good);
        }
        return good ? 0 : 1;
    }

    private void herd(HerdPlan plan) throws UsageException {
        OpenFiles.require(plan.clients());
        try (Visitor visitor = visitor(plan.clients())) {
            HerdResult result =
                    await("the herd", new Herd(plan, options.target().gateways(), visitor, counters(visitor)).run());
            out.println(TextReport.of(result));
            json.add(result);
            good &= result.isGood();
        }
    }

    private void browse(BrowsePlan plan) throws UsageException {
        int sockets = plan.connections() * options.target().gateways().size();
        OpenFiles.require(sockets);
        try (Visitor visitor = visitor(plan.connections())) {
            Browse browse = new Browse(plan, options.target().gateways(), visitor, counters(visitor));
            BrowseResult result = await("the browse", browse.run(new Progress(out)));
            out.println(TextReport.of(result));
            json.add(result);
            good &= result.isGood();
        }
    }

    private Visitor visitor(int connections) {
        return new Visitor(connections, options.bounds().timeout());
    }

    private OriginCounters counters(Visitor visitor) {
        return new OriginCounters(visitor, options.target().origins());
    }

    /** The command's own thread waits here, and nowhere else: there is nothing else for it to do. */
    private <T> T await(String phase, Mono<T> mono) {
        return Objects.requireNonNull(mono.timeout(
                        options.bounds().timeout(),
                        Mono.error(() -> new IllegalStateException(phase + " did not end within "
                                + options.bounds().timeout().toSeconds() + " s")))
                .block());
    }
}
