package dev.weir.gateway.route;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The routes file: text in, a table or everything that is wrong with it out. It is read as a tree of nodes with their
 * places and never made into objects by the YAML library, so no tag in it can name a class.
 */
public final class RouteFile {

    /** More than that is refused unread; a table of thousands of routes is smaller. */
    static final int LARGEST = 4 << 20;

    private RouteFile() {}

    /**
     * What a file came to: a table, or problems.
     *
     * @param problems in the order of the file; empty if and only if there is a table
     */
    public record Parsed(Optional<RouteTable> table, List<Problem> problems) {
        /** Copies the list. */
        public Parsed {
            problems = List.copyOf(problems);
        }

        static Parsed refused(Problem problem) {
            return new Parsed(Optional.empty(), List.of(problem));
        }
    }

    /** Reads and parses a file; that it can't be read is a problem like any other. Blocks for the disk. */
    public static Parsed read(Path file, Map<String, String> environment) {
        return Content.of(file).parse(environment);
    }

    /**
     * Parses the text of a file.
     *
     * @param source how problems name the file
     * @param environment what placeholders are filled from
     */
    public static Parsed parse(String source, String text, Map<String, String> environment) {
        Findings findings = new Findings(source, new Placeholders(environment));
        Optional<Node> root = YamlTree.compose(text, findings);
        List<OriginSpec> origins = new ArrayList<>();
        List<Route> routes = new ArrayList<>();
        root.ifPresent(node -> readInto(origins, routes, new Value(node, "", findings)));
        List<Problem> problems = findings.problems();
        return problems.isEmpty()
                ? new Parsed(Optional.of(new RouteTable(source, routes, origins)), problems)
                : new Parsed(Optional.empty(), problems);
    }

    private static void readInto(List<OriginSpec> origins, List<Route> routes, Value file) {
        Section top = file.section("", "a mapping with origins and routes").only("origins", "routes");
        Map<String, Value> specs = top.get("origins")
                .map(value -> value.section("origins", "a mapping of names to addresses"))
                .map(RouteFile::named)
                .orElse(Map.of());
        specs.forEach((name, value) -> OriginReader.read(name, value).ifPresent(origins::add));
        RouteReader reader = new RouteReader(specs.keySet());
        top.require("routes", "a list of routes").ifPresent(value -> {
            List<Value> items = value.items("a list of routes");
            if (items.isEmpty() && value.isList()) {
                value.report("an empty list", "at least one route");
            }
            items.forEach(item -> reader.read(item).ifPresent(routes::add));
        });
    }

    private static Map<String, Value> named(Section origins) {
        Map<String, Value> named = new LinkedHashMap<>();
        for (String name : origins.keys()) {
            if (RouteReader.name(name).isEmpty()) {
                origins.reportKey(name, "not a name", RouteReader.NAME);
            }
            origins.get(name).ifPresent(value -> named.put(name, value));
        }
        return named;
    }
}
