package dev.weir.loadtest.command;

import dev.weir.loadtest.rig.Fleet;
import dev.weir.loadtest.rig.Scene;
import dev.weir.loadtest.run.ContestPlan;
import dev.weir.loadtest.run.SpreadPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the arguments of a measurement that starts all it needs into {@link RigOptions}. */
public final class RigLine {
    private static final String SPREAD = "spread";
    private static final Pattern SETTING = Pattern.compile("[a-z][a-z.-]*=\\S+");

    private final Words words;
    private final List<Scene> scenes = new ArrayList<>();
    private final List<String> settings = new ArrayList<>();
    private int replicas;
    private int clients = 1_000;
    private int privateClients = 200;
    private int rounds;
    private int warmUps;
    private int timeoutSeconds = 60;
    private boolean peers = true;
    private Optional<Path> json = Optional.empty();
    private Optional<Path> markdown = Optional.empty();

    private RigLine(List<String> arguments) {
        words = new Words(arguments);
    }

    /** Is it this kind that the arguments ask for? */
    public static boolean isMeantBy(List<String> arguments) {
        return !arguments.isEmpty()
                && (arguments.get(0).equals(SPREAD)
                        || arguments.stream()
                                .anyMatch(word -> word.equals("--replicas") || word.startsWith("--replicas=")));
    }

    /**
     * Reads them.
     *
     * @throws UsageException if they cannot be obeyed
     */
    public static RigOptions parse(List<String> arguments) throws UsageException {
        return new RigLine(arguments).options();
    }

    private RigOptions options() throws UsageException {
        String phase = words.command("none");
        if (!List.of("herd", SPREAD).contains(phase)) {
            throw new UsageException("--replicas goes with herd (see --help)");
        }
        boolean herd = !phase.equals(SPREAD);
        rounds = herd ? 3 : 20;
        warmUps = herd ? 3 : 30;
        while (!words.isEmpty()) {
            option(words.option(), herd);
        }
        Duration bound = Duration.ofSeconds(timeoutSeconds);
        ContestPlan contest = new ContestPlan(
                new ContestPlan.Sizes(clients, privateClients),
                new ContestPlan.Rounds(rounds, warmUps, bound),
                new Fleet(replicas, settings),
                peers,
                scenes.isEmpty() ? List.of(Scene.values()) : scenes);
        SpreadPlan spread = new SpreadPlan(new Fleet(1, settings), rounds, warmUps, bound);
        return new RigOptions(
                Optional.of(contest).filter(plan -> herd),
                Optional.of(spread).filter(plan -> !herd),
                new RigOptions.Files(json, markdown));
    }

    private void option(String name, boolean herd) throws UsageException {
        switch (name) {
            case "--rounds" -> rounds = words.number(name, 1, 1_000);
            case "--warm-ups" -> warmUps = words.number(name, 0, 100);
            case "--timeout" -> timeoutSeconds = words.number(name, 1, 600);
            case "--setting" -> settings.add(setting(words.value(name)));
            case "--json" -> json = Optional.of(Path.of(words.value(name)));
            case "--markdown" -> markdown = Optional.of(Path.of(words.value(name)));
            default -> {
                if (!herd) {
                    throw Words.unknown(name, SPREAD);
                }
                herdOption(name);
            }
        }
    }

    private void herdOption(String name) throws UsageException {
        switch (name) {
            case "--replicas" -> replicas = words.number(name, 1, 10);
            case "--clients" -> clients = words.number(name, 2, CommandLine.MAX_CLIENTS);
            case "--private-clients" -> privateClients = words.number(name, 2, 1_000);
            case "--scene" -> scenes.add(scene(words.value(name)));
            case "--no-peers" -> peers = false;
            default -> throw Words.unknown(name, "herd with --replicas");
        }
    }

    private static String setting(String value) throws UsageException {
        if (!SETTING.matcher(value).matches()) {
            throw new UsageException("--setting takes KEY=VALUE, such as redis.budget=1s (got '" + value + "')");
        }
        return value;
    }

    private static Scene scene(String word) throws UsageException {
        return Arrays.stream(Scene.values())
                .filter(scene -> scene.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new UsageException("--scene takes page, chunked or private (got '" + word + "')"));
    }
}
