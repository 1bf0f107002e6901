package dev.weir.loadtest.command;

import dev.weir.loadtest.run.BrowsePlan;
import dev.weir.loadtest.run.HerdPlan;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the arguments into {@link Options}; each option has its bounds here and its words in {@link Usage}. */
public final class CommandLine {
    static final int MAX_CLIENTS = 20_000;

    private final Words words;
    private final List<URI> gateways = new ArrayList<>();
    private final List<URI> origins = new ArrayList<>();
    private int clients = 1_000;
    private String path = "/blog/";
    private int originLimit = 1;
    private int requests = 20_000;
    private int connections = 64;
    private long seed = 1;
    private int timeoutSeconds = 120;
    private Optional<Path> json = Optional.empty();

    private CommandLine(List<String> arguments) {
        words = new Words(arguments);
    }

    public static Options parse(List<String> arguments) throws UsageException {
        return new CommandLine(arguments).options();
    }

    private Options options() throws UsageException {
        String phase = words.command("both");
        if (!List.of("both", "herd", "browse").contains(phase)) {
            throw new UsageException(
                    "unknown command '" + phase + "' (expected: herd, browse, spread, or none for herd and browse)");
        }
        while (!words.isEmpty()) {
            option(words.option(), phase);
        }
        if (gateways.isEmpty()) {
            throw new UsageException("name at least one gateway by --gateway URL");
        }
        HerdPlan herd = new HerdPlan(clients, path, originLimit);
        BrowsePlan browse = new BrowsePlan(requests, connections, seed);
        return new Options(
                new Options.Target(gateways, origins),
                Optional.of(herd).filter(plan -> !phase.equals("browse")),
                Optional.of(browse).filter(plan -> !phase.equals("herd")),
                new Options.Bounds(Duration.ofSeconds(timeoutSeconds), json));
    }

    private void option(String name, String phase) throws UsageException {
        switch (name) {
            case "--gateway" -> gateways.add(Loopback.address(name, words.value(name)));
            case "--origin-metrics" -> origins.add(Loopback.address(name, words.value(name)));
            case "--timeout" -> timeoutSeconds = words.number(name, 1, 3_600);
            case "--json" -> json = Optional.of(Path.of(words.value(name)));
            default -> phaseOption(name, phase);
        }
    }

    private void phaseOption(String name, String phase) throws UsageException {
        boolean herd = !phase.equals("browse");
        boolean browse = !phase.equals("herd");
        if (herd && name.equals("--clients")) {
            clients = words.number(name, 1, MAX_CLIENTS);
        } else if (herd && name.equals("--url")) {
            path = path(name);
        } else if (herd && name.equals("--origin-limit")) {
            originLimit = words.number(name, 1, 1_000);
        } else if (browse && name.equals("--requests")) {
            requests = words.number(name, 1, 10_000_000);
        } else if (browse && name.equals("--connections")) {
            connections = words.number(name, 1, MAX_CLIENTS);
        } else if (browse && name.equals("--seed")) {
            seed = words.number(name, 0, Integer.MAX_VALUE);
        } else {
            throw Words.unknown(name, phase.equals("both") ? "" : phase);
        }
    }

    private String path(String name) throws UsageException {
        String value = words.value(name);
        if (!value.startsWith("/") || value.startsWith("//") || value.indexOf('#') >= 0) {
            throw new UsageException(name + " takes a path such as /blog/ (got '" + value + "')");
        }
        return value;
    }
}
