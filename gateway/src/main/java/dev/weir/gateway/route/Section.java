package dev.weir.gateway.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** One mapping of the file: values by key, each key once. */
final class Section {

    private final Node node;
    private final String name;
    private final Findings findings;
    private final boolean readable;
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Map<String, Value> values = new LinkedHashMap<>();

    private Section(Node node, String name, Findings findings, boolean readable) {
        this.node = node;
        this.name = name;
        this.findings = findings;
        this.readable = readable;
    }

    /** A section without keys; one that stands for something unreadable reports no missing keys on top. */
    static Section empty(Node node, String name, Findings findings, boolean readable) {
        return new Section(node, name, findings, readable);
    }

    /** Reads the keys and reports those that stand twice or are no plain words. */
    static Section of(MappingNode mapping, String name, Findings findings) {
        Section section = new Section(mapping, name, findings, true);
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                section.put(key, tuple.getValueNode());
            } else {
                findings.add(tuple.getKeyNode().getStartMark(), name, "a key that is a list or a mapping", "a word");
            }
        }
        return section;
    }

    private void put(ScalarNode key, Node value) {
        String word = key.getValue();
        Node first = keys.putIfAbsent(word, key);
        if (first == null) {
            values.put(word, new Value(value, path(word), findings));
        } else {
            int line = first.getStartMark().getLine() + 1;
            findings.add(key.getStartMark(), path(word), "twice", "each key once; the first is in line " + line);
        }
    }

    /** Reports every key that is not among these, with the one that was probably meant. */
    Section only(String... known) {
        List<String> words = List.of(known);
        keys.forEach((word, key) -> {
            if (!words.contains(word)) {
                String found = "unknown key" + Nearest.question(word, words);
                findings.add(key.getStartMark(), path(word), found, Nearest.oneOf(words));
            }
        });
        return this;
    }

    Set<String> keys() {
        return values.keySet();
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Optional<Value> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The value of that key; empty, and reported, where it is missing. */
    Optional<Value> require(String key, String expected) {
        Optional<Value> value = get(key);
        if (value.isEmpty()) {
            missing(key, expected);
        }
        return value;
    }

    void missing(String key, String expected) {
        if (readable) {
            findings.add(node.getStartMark(), path(key), "missing", expected);
        }
    }

    /** Reports the key itself, not its value. */
    void reportKey(String key, String found, String expected) {
        Node at = keys.getOrDefault(key, node);
        findings.add(at.getStartMark(), path(key), found, expected);
    }

    private String path(String word) {
        return name.isEmpty() ? Value.quotedIfOdd(word) : name + '.' + Value.quotedIfOdd(word);
    }
}
