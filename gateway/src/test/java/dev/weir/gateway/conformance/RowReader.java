package dev.weir.gateway.conformance;

import dev.weir.gateway.conformance.Row.Answer;
import dev.weir.gateway.conformance.Row.Ask;
import dev.weir.gateway.conformance.Row.Asked;
import dev.weir.gateway.conformance.Row.Expected;
import dev.weir.gateway.conformance.Row.Manner;
import dev.weir.gateway.conformance.Row.Step;
import dev.weir.gateway.http.Headers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes rows of what YAML gives; strict, so that a misspelt expectation is an error and not a promise unkept. */
final class RowReader {

    private final String where;
    private final Map<?, ?> values;

    private RowReader(String where, Map<?, ?> values, String... allowed) {
        this.where = where;
        this.values = values;
        Set<Object> unknown = new java.util.HashSet<>(values.keySet());
        unknown.removeAll(Set.of(allowed));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(where + " has unknown keys " + unknown);
        }
    }

    static Row row(Map<?, ?> values) {
        String id = String.valueOf(values.get("id"));
        RowReader row = new RowReader(id, values, "id", "rule", "level", "title", "route", "pending", "steps");
        List<Step> steps = new ArrayList<>();
        row.list("steps").forEach(step -> steps.add(step(id + " step " + (steps.size() + 1), (Map<?, ?>) step)));
        return new Row(
                id,
                row.text("rule", ""),
                row.text("level", ""),
                row.text("title", ""),
                row.text("route", "site"),
                row.optional("pending"),
                List.copyOf(steps));
    }

    private static Step step(String where, Map<?, ?> values) {
        RowReader step = new RowReader(where, values, "request", "origin", "client", "asked", "eventually", "twice");
        List<Answer> answers = new ArrayList<>();
        step.list("origin").forEach(origin -> answers.add(answer(where + " origin", (Map<?, ?>) origin)));
        Ask ask = ask(step.inner("request", "method", "path", "fields", "body"));
        boolean isTriedAgain = answers.size() == 1
                && answers.get(0).manner().contains(Manner.SILENT)
                && Set.of("GET", "HEAD").contains(ask.method());
        if (isTriedAgain) {
            answers.add(answers.get(0)); // the second attempt fares no better
        }
        return new Step(
                ask,
                List.copyOf(answers),
                expected(step.inner(
                        "client", "status", "fields", "matching", "absent", "from", "body", "cache", "interim", "cut")),
                asked(
                        step.inner("asked", "count", "fields", "matching", "absent"),
                        step.flag("eventually") ? Asked.ANY : isTriedAgain ? 2 : Math.min(1, answers.size())),
                step.flag("eventually"),
                step.flag("twice"));
    }

    private static Ask ask(RowReader request) {
        return new Ask(
                request.text("method", "GET"),
                request.text("path", ""),
                request.fields("fields"),
                request.optional("body"));
    }

    private static Answer answer(String where, Map<?, ?> values) {
        RowReader origin = new RowReader(where, values, "status", "fields", "body", "interim", "raw", "manner");
        Set<Manner> manner = new TreeSet<>();
        origin.strings("manner").forEach(name -> manner.add(Manner.valueOf(name.toUpperCase(Locale.ROOT))));
        return new Answer(
                origin.number("status", 200),
                origin.fields("fields"),
                origin.optional("body"),
                origin.strings("interim").stream().map(RowReader::onTheWire).toList(),
                origin.values.containsKey("raw") ? onTheWire(origin.text("raw", "")) : null,
                manner);
    }

    private static Expected expected(RowReader client) {
        return new Expected(
                client.number("status", 200),
                client.map("fields"),
                client.map("matching"),
                client.strings("absent"),
                client.number("from", 0),
                client.optional("body"),
                client.map("cache"),
                client.values.containsKey("interim") ? client.strings("interim") : null,
                client.flag("cut"));
    }

    private static Asked asked(RowReader asked, int count) {
        return new Asked(
                asked.number("count", count), asked.map("fields"), asked.map("matching"), asked.strings("absent"));
    }

    /** YAML's line ends as HTTP's. */
    private static String onTheWire(String text) {
        return text.replace("\n", "\r\n");
    }

    private RowReader inner(String key, String... allowed) {
        Object value = values.get(key);
        return new RowReader(where + ' ' + key, value == null ? Map.of() : (Map<?, ?>) value, allowed);
    }

    private @Nullable String optional(String key) {
        Object value = values.get(key);
        return value == null ? null : value.toString();
    }

    private String text(String key, String otherwise) {
        String value = optional(key);
        return value == null ? otherwise : value;
    }

    private int number(String key, int otherwise) {
        return Integer.parseInt(text(key, Integer.toString(otherwise)));
    }

    private boolean flag(String key) {
        return Boolean.parseBoolean(text(key, "false"));
    }

    private List<?> list(String key) {
        Object value = values.get(key);
        return value == null ? List.of() : value instanceof List<?> list ? list : List.of(value);
    }

    private List<String> strings(String key) {
        return list(key).stream().map(String::valueOf).toList();
    }

    private Map<String, String> map(String key) {
        Map<String, String> map = new LinkedHashMap<>();
        Object value = values.get(key);
        if (value != null) {
            ((Map<?, ?>) value).forEach((name, text) -> map.put(String.valueOf(name), String.valueOf(text)));
        }
        return map;
    }

    /** Fields in order; a list of values is as many lines. */
    private Headers fields(String key) {
        Headers.Builder fields = Headers.builder();
        Object value = values.get(key);
        if (value != null) {
            ((Map<?, ?>) value).forEach((name, given) -> {
                List<?> lines = given instanceof List<?> list ? list : List.of(given);
                lines.forEach(line -> fields.add(String.valueOf(name), String.valueOf(line)));
            });
        }
        return fields.build();
    }
}
