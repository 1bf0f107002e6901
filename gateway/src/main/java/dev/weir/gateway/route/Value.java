package dev.weir.gateway.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One value of the file with the key it stands under. Whatever can't be read as asked is reported and comes back empty,
 * so that reading goes on and all mistakes are found at once.
 */
final class Value {

    private static final int LONGEST_QUOTE = 100;
    // a password in an address is a mistake to report, not to spread
    private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/@]*@");

    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private static final Set<Tag> PLAIN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.SEQ, Tag.MAP, Tag.MERGE);

    private final Node node;
    private final String key;
    private final Findings findings;

    Value(Node node, String key, Findings findings) {
        this.node = node;
        this.key = key;
        this.findings = findings;
    }

    /** The text of a scalar with its placeholders filled; empty, and reported, for anything else. */
    Optional<String> text(String expected) {
        if (!(node instanceof ScalarNode scalar) || isNull() || isTagged()) {
            reject(expected);
            return Optional.empty();
        }
        try {
            return Optional.of(findings.placeholders().fill(scalar.getValue()));
        } catch (Placeholders.Unfilled unfilled) {
            report(quoted(unfilled.placeholder()), unfilled.expected());
            return Optional.empty();
        }
    }

    /** The text of a scalar, read by the function; empty, and reported, where it gives nothing. */
    <T> Optional<T> read(Function<String, Optional<T>> parser, String expected) {
        Optional<String> text = text(expected);
        Optional<T> value = text.flatMap(parser);
        if (text.isPresent() && value.isEmpty()) {
            report(quoted(text.get()), expected);
        }
        return value;
    }

    /** The items of a list; empty, and reported, for anything else. */
    List<Value> items(String expected) {
        if (!(node instanceof SequenceNode sequence) || isTagged()) {
            reject(expected);
            return List.of();
        }
        List<Value> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new Value(item, key + '[' + items.size() + ']', findings));
        }
        return items;
    }

    /** The keys of a mapping (nothing at all is an empty one); none, and reported, for anything else. */
    Section section(String name, String expected) {
        if (node instanceof MappingNode mapping && !isTagged()) {
            return Section.of(mapping, name, findings);
        }
        if (!isNull()) {
            reject(expected);
        }
        return Section.empty(node, name, findings, isNull());
    }

    /** Reports this value, as it stands in the file, as not what was expected. */
    void reject(String expected) {
        report(found(), expected);
    }

    void report(String found, String expected) {
        findings.add(node.getStartMark(), key, found, expected);
    }

    String key() {
        return key;
    }

    int line() {
        return node.getStartMark().getLine() + 1;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    private boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    /** YAML's own words for its kinds mean nothing here; any other tag asks for something that is not done. */
    private boolean isTagged() {
        return !PLAIN_TAGS.contains(node.getTag());
    }

    private String found() {
        if (isTagged()) {
            return "a value with the tag " + quoted(node.getTag().getValue());
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        if (node instanceof MappingNode) {
            return "a mapping";
        }
        return isNull() ? "nothing" : quoted(((ScalarNode) node).getValue());
    }

    /** A key as it is shown: plain words as they are. */
    static String quotedIfOdd(String word) {
        return PLAIN_WORD.matcher(word).matches() ? word : quoted(word);
    }

    static String quoted(String text) {
        String shown = USER_INFO.matcher(text).replaceAll("***@");
        if (shown.length() > LONGEST_QUOTE) {
            shown = shown.substring(0, LONGEST_QUOTE) + "…";
        }
        StringBuilder quoted = new StringBuilder("\"");
        shown.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
