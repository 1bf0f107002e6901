package dev.weir.loadtest;

import dev.weir.loadtest.command.OpenFiles;
import dev.weir.loadtest.command.RigOptions;
import dev.weir.loadtest.command.UsageException;
import dev.weir.loadtest.report.ContestResult;
import dev.weir.loadtest.report.ContestTable;
import dev.weir.loadtest.report.JsonReport;
import dev.weir.loadtest.report.SpreadResult;
import dev.weir.loadtest.report.SpreadTable;
import dev.weir.loadtest.rig.Rig;
import dev.weir.loadtest.run.Contest;
import dev.weir.loadtest.run.ContestPlan;
import dev.weir.loadtest.run.Spread;
import dev.weir.loadtest.run.SpreadPlan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.Locale;

/** The command where it starts all it needs by itself. */
final class Measurement {
    /** Of a server as well: its listeners, its store, its connections to the origin. */
    private static final int FILES_BESIDE_CLIENTS = 512;

    private static final int SPREAD_CLIENTS = 2_100;

    private final RigOptions options;
    private final PrintStream out;
    private final JsonReport json = new JsonReport();

    Measurement(RigOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** The exit status. */
    int run() throws UsageException, IOException {
        boolean good = true;
        String tables;
        if (options.contest().isPresent()) {
            ContestResult result = contest(options.contest().get());
            good = result.isGood();
            tables = ContestTable.of(result);
            out.println(good ? "Weir kept its promises in every round" : "NOT GOOD: see the lines of Weir above");
        } else {
            SpreadResult result = spread(options.spread().orElseThrow());
            good = result.isGood();
            tables = SpreadTable.of(result);
        }
        out.println();
        out.print(tables);
        if (options.files().markdown().isPresent()) {
            Files.writeString(options.files().markdown().get(), tables);
        }
        if (options.files().json().isPresent()) {
            json.write(options.files().json().get(), good);
        }
        return good ? 0 : 1;
    }

    private ContestResult contest(ContestPlan plan) throws UsageException {
        OpenFiles.require(plan.sizes().shared() + FILES_BESIDE_CLIENTS);
        out.println(String.format(
                Locale.ROOT,
                "herd: %,d clients at once over %d gateway%s; starting",
                plan.sizes().shared(),
                plan.fleet().replicas(),
                plan.fleet().replicas() == 1 ? "" : "s"));
        try (Rig rig = new Rig()) {
            ContestResult result = new Contest(plan, rig, this::say).run();
            result.absent().forEach(name -> say(name + " is not installed: its row stays empty"));
            json.add(result);
            return result;
        }
    }

    private SpreadResult spread(SpreadPlan plan) throws UsageException {
        OpenFiles.require(SPREAD_CLIENTS + FILES_BESIDE_CLIENTS);
        out.println("spread: one gateway against a bare loop; starting");
        try (Rig rig = new Rig()) {
            SpreadResult result = new Spread(plan, rig, this::say).run();
            out.print(result.summary());
            json.add(result);
            return result;
        }
    }

    private void say(String line) {
        out.println("  " + line);
    }
}
