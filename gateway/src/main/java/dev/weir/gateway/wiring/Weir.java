package dev.weir.gateway.wiring;

import dev.weir.gateway.route.RouteCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;

/** The gateway's process: {@code java -jar weir-gateway.jar --config=DIR}. */
public final class Weir {

    private static final String USAGE = """
            Usage: java -jar weir-gateway.jar [--config=DIR] [--weir.KEY=VALUE …]
                   java -jar weir-gateway.jar check DIR

              --config=DIR      directory with gateway.yaml and routes.yaml (default: config)
              --weir.KEY=VALUE  overrides a key of gateway.yaml, as in --weir.port=8443
              check DIR         reads the files as a start would, says what is wrong, starts nothing
              --help            this text

            Environment, stronger than the files:
              WEIR_PORT             where clients come in                      (8080)
              WEIR_MANAGEMENT_PORT  health, metrics, purges, explain           (9080)
              WEIR_REDIS_URI        redis://host:port; empty: memory only      (empty)
              WEIR_ADMIN_KEY        the key for purges; empty: no admin writes (empty)
              WEIR_REPLICA_ID       this replica's name among its peers        (host:port)

            Signals: SIGHUP reads routes.yaml again, SIGTERM stops after requests in progress.
            """;

    private Weir() {}

    /** Starts the gateway, or does what the arguments say instead. */
    public static void main(String[] args) {
        List<String> rest = new ArrayList<>(List.of(args));
        if (rest.contains("--help") || rest.contains("-h")) {
            System.out.print(USAGE);
            return;
        }
        if (!rest.isEmpty() && rest.get(0).equals("check")) {
            System.exit(check(Path.of(rest.size() > 1 ? rest.get(1) : "config")));
        }
        Path config = Path.of("config");
        for (String arg : args) {
            if (arg.startsWith("--config=")) {
                config = Path.of(arg.substring("--config=".length()));
                rest.remove(arg);
            } else if (!arg.startsWith("--weir.") && !arg.startsWith("--logging.")) {
                refuse("Unknown argument: " + arg + " (see --help)");
            }
        }
        if (!Files.isRegularFile(config.resolve("routes.yaml"))) {
            refuse("No routes.yaml in " + config.toAbsolutePath().normalize()
                    + ": give its directory with --config=DIR (see --help)");
        }
        start(config, rest.toArray(String[]::new));
    }

    private static int check(Path config) {
        String problem = SettingsCheck.problem(config.resolve("gateway.yaml"));
        if (problem != null) {
            System.err.println(problem);
        }
        int routes = RouteCheck.run(config, System.getenv(), System.out, System.err);
        return problem == null ? routes : 1;
    }

    private static void start(Path config, String[] args) {
        try {
            application(config).run(args);
        } catch (RuntimeException failed) {
            System.err.println("weir-gateway does not start: " + StartFailure.inWords(failed));
            System.exit(1);
        }
    }

    /** The application on that directory; tests start it the same way. */
    public static SpringApplication application(Path config) {
        SpringApplication application = new SpringApplication(GatewayConfiguration.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setWebApplicationType(WebApplicationType.REACTIVE);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(Map.ofEntries(
                Map.entry("spring.application.name", "weir-gateway"),
                Map.entry(
                        "spring.config.import",
                        "optional:file:" + config.resolve("gateway.yaml").toAbsolutePath()),
                Map.entry("weir.config-directory", config.toString()),
                // Boot's own server is the management port; clients come in at EdgeServer.
                Map.entry("server.port", "${weir.management.port:9080}"),
                Map.entry("server.address", "${weir.management.address:127.0.0.1}"),
                Map.entry("server.shutdown", "immediate"),
                Map.entry("spring.main.keep-alive", "true"),
                Map.entry("spring.http.codecs.max-in-memory-size", "8MB"),
                Map.entry("spring.jackson.serialization.indent-output", "true"), // people read it, with curl
                Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
                Map.entry("management.endpoint.health.probes.enabled", "true"),
                Map.entry("management.endpoint.health.show-details", "always"),
                Map.entry("management.endpoint.health.group.readiness.include", "readinessState,gateway"),
                Map.entry("logging.level.root", "WARN"),
                Map.entry("logging.level.dev.weir", "INFO"),
                // main says in one line why it does not start
                Map.entry("logging.level.org.springframework.boot.SpringApplication", "OFF"),
                Map.entry("logging.level.org.springframework.boot.diagnostics", "OFF"),
                Map.entry("logging.level.org.springframework.boot.web.server", "ERROR"),
                Map.entry("logging.level.org.springframework.boot.web.context", "ERROR"),
                // every attempt to connect again; Link and LogFollower tell what it comes to
                Map.entry("logging.level.io.lettuce", "ERROR"),
                // What happens on connections to origins becomes an OriginFailure, which is told where it matters.
                Map.entry("logging.level.reactor.netty.http.client", "OFF"),
                // A dump of every malformed request, written on the event loop: any client could have as many as it
                // likes.
                Map.entry("logging.level.reactor.netty.http.server", "ERROR"),
                Map.entry("logging.pattern.console", "%d{HH:mm:ss.SSS} %-5level %-22.22logger{0} %msg%n%throwable")));
        return application;
    }

    private static void refuse(String reason) {
        System.err.println(reason);
        System.exit(2);
    }
}
