package dev.weir.loadtest.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Weir: replicas that share a Redis, with the settings that ship in {@code config/} and one route to the scripted origin.
 * Their JVMs get the options that {@code ./weir up} gives them, and a log of their collections.
 */
final class Gateways {
    private static final String ROUTES = """
            origins:
              scripted:
                urls: ["http://127.0.0.1:ORIGIN"]
            routes:
              - id: everything
                match: { path: "/**" }
                origin: scripted
            """;

    private final Starting starting;
    private final String redis;
    private final Fleet fleet;
    private final Path config;

    private Gateways(Starting starting, String redis, Fleet fleet) {
        this.fleet = fleet;
        this.starting = starting;
        this.redis = redis;
        this.config = starting.directory("config");
        starting.file("config/routes.yaml", ROUTES.replace("ORIGIN", Integer.toString(starting.originPort())));
        try {
            Files.copy(Checkout.root().resolve("config/gateway.yaml"), config.resolve("gateway.yaml"));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot copy config/gateway.yaml", failed);
        }
    }

    static Contestant start(Starting starting, Fleet fleet) {
        Gateways gateways = new Gateways(starting, RedisServer.start(starting), fleet);
        List<InetSocketAddress> doors = new ArrayList<>();
        List<Running> running = new ArrayList<>();
        for (int replica = 1; replica <= fleet.replicas(); replica++) {
            int port = Ports.freeWith();
            doors.add(Starting.door(port));
            running.add(gateways.replica("replica-" + replica, port));
        }
        return new Contestant(fleet.name(), "weir", "of this checkout", doors, running);
    }

    /** One after the other: on few cores several starting JVMs take longer than each of them may. */
    private Running replica(String name, int port) {
        int management = Ports.freeWith();
        Path gcLog = starting.folder().resolve(name + "-gc.log");
        Map<String, String> variables = Map.of(
                "WEIR_PORT",
                Integer.toString(port),
                "WEIR_MANAGEMENT_PORT",
                Integer.toString(management),
                "WEIR_REPLICA_ID",
                name,
                "WEIR_REDIS_URI",
                redis);
        List<String> command = new ArrayList<>(List.of(
                Checkout.java(), "-Xms32m", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "-Xlog:gc:file=" + gcLog));
        command.addAll(moreOptions());
        command.addAll(List.of("-jar", Checkout.jar("gateway").toString(), "--config=" + config));
        fleet.settings().forEach(setting -> command.add("--weir." + setting));
        Process process = starting.children().start(name, variables, command);
        starting.awaitReady(
                name,
                process,
                () -> Loopback.get(management, "/actuator/health/readiness").isPresent());
        return new Running(process.toHandle(), OptionalInt.of(management), gcLog);
    }

    /** As in the launcher: words that come last and win. */
    private static List<String> moreOptions() {
        String words = System.getenv("WEIR_JAVA_OPTS");
        return words == null || words.isBlank()
                ? List.of()
                : List.of(words.strip().split("\\s+"));
    }
}
