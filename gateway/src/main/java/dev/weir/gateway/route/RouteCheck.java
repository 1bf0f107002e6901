package dev.weir.gateway.route;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The offline check of a configuration directory: what is wrong with its routes, or the table as it would run. */
public final class RouteCheck {

    /** The name of the routes file in its directory. */
    public static final String FILE_NAME = "routes.yaml";

    private static final int VALID = 0;
    private static final int INVALID = 1;

    private RouteCheck() {}

    /**
     * Checks {@code routes.yaml} in that directory (or that file itself): problems go to {@code err}, one a line; a valid
     * table goes to {@code out}.
     *
     * @param environment what placeholders are filled from
     * @return the exit code: 0 if valid, else 1
     */
    public static int run(Path directory, Map<String, String> environment, PrintStream out, PrintStream err) {
        Path file = Files.isRegularFile(directory) ? directory : directory.resolve(FILE_NAME);
        RouteFile.Parsed parsed = RouteFile.read(file, environment);
        parsed.problems().forEach(err::println);
        if (parsed.table().isEmpty()) {
            int count = parsed.problems().size();
            err.println(file + ": " + count + (count == 1 ? " problem" : " problems"));
            return INVALID;
        }
        RouteTable table = parsed.table().get();
        out.println(file + ": valid, version " + table.version());
        out.println();
        describe(table).forEach(out::println);
        return VALID;
    }

    /** The table in aligned lines, for people: its routes in the order they are asked, then its origins. */
    public static List<String> describe(RouteTable table) {
        List<List<String>> routes = new ArrayList<>();
        routes.add(List.of("ROUTE", "MATCH", "ACTION", "CACHE"));
        table.routes()
                .forEach(route ->
                        routes.add(List.of(route.id(), route.match().toString(), action(route), cache(route))));
        List<List<String>> origins = new ArrayList<>();
        origins.add(List.of("ORIGIN", "URLS", "TIMEOUTS", "CONNECTIONS"));
        table.origins()
                .values()
                .forEach(origin -> origins.add(List.of(
                        origin.name(),
                        String.join(
                                " ",
                                origin.urls().stream().map(Object::toString).toList()),
                        timeouts(origin.timeouts()),
                        origin.connections().max() + ", " + origin.connections().maxPending() + " pending")));
        List<String> lines = new ArrayList<>(Columns.align(routes));
        lines.add("");
        lines.addAll(Columns.align(origins));
        return lines;
    }

    private static String action(Route route) {
        String strip = route.rewrite().stripPrefix();
        return route.action() + (strip.isEmpty() ? "" : ", less " + strip);
    }

    private static String cache(Route route) {
        if (route.action() instanceof Action.Redirect) {
            return "-";
        }
        if (!route.cache().enabled()) {
            return "off";
        }
        return route.cache().ttl().map(ttl -> "ttl " + Units.text(ttl)).orElse("by response")
                + ", up to " + Units.text(route.cache().maxObjectBytes())
                + ", stale if unreachable " + Units.text(route.cache().stale().ifUnreachable());
    }

    private static String timeouts(OriginSpec.Timeouts timeouts) {
        return "connect " + Units.text(timeouts.connect()) + ", response " + Units.text(timeouts.response())
                + ", total " + Units.text(timeouts.total());
    }
}
