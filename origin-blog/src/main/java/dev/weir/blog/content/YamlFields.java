package dev.weir.blog.content;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The keys of one front matter with their nodes and lines. Stops at YAML's syntax tree: nothing is constructed from it,
 * so no tag or alias in a post can make an object.
 */
final class YamlFields {
    /** The YAML begins on the file's second line and counts from 0. */
    private static final int FIRST_LINE = 2;

    private final String file;
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private YamlFields(String file) {
        this.file = file;
    }

    /** Refuses what is not one mapping of distinct {@code known} keys. */
    static YamlFields parse(String file, String yaml, Set<String> known) throws MalformedContent {
        YamlFields fields = new YamlFields(file);
        Node root = fields.compose(yaml);
        if (!(root instanceof MappingNode mapping)) {
            throw new MalformedContent(file, FIRST_LINE, "front matter is no list of keys (expected: key: value)");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            fields.add(tuple, known);
        }
        return fields;
    }

    @Nullable Node optional(String key) {
        return nodes.get(key);
    }

    Node required(String key) throws MalformedContent {
        Node node = nodes.get(key);
        if (node == null) {
            throw new MalformedContent(file, 1, "key \"" + key + "\" is missing");
        }
        return node;
    }

    int lineOf(String key) {
        return lines.getOrDefault(key, 1);
    }

    MalformedContent refuse(String key, String reason) {
        return new MalformedContent(file, lineOf(key), key + ": " + reason);
    }

    private void add(NodeTuple tuple, Set<String> known) throws MalformedContent {
        Node keyNode = tuple.getKeyNode();
        int line = keyNode.getStartMark().getLine() + FIRST_LINE;
        String key = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "?";
        if (!known.contains(key)) {
            throw new MalformedContent(
                    file, line, "unknown key \"" + key + "\" (expected: one of " + new TreeSet<>(known) + ")");
        }
        if (nodes.put(key, tuple.getValueNode()) != null) {
            throw new MalformedContent(file, line, "key \"" + key + "\" stands twice");
        }
        lines.put(key, line);
    }

    private @Nullable Node compose(String yaml) throws MalformedContent {
        LoaderOptions limits = new LoaderOptions();
        limits.setMaxAliasesForCollections(0);
        limits.setNestingDepthLimit(4);
        try {
            return new Yaml(new SafeConstructor(limits)).compose(new StringReader(yaml));
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            int line = mark == null ? FIRST_LINE : mark.getLine() + FIRST_LINE;
            throw new MalformedContent(file, line, "front matter is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new MalformedContent(file, FIRST_LINE, "front matter is not YAML: " + e.getMessage());
        }
    }
}
