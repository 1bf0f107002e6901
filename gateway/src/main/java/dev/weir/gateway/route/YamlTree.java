package dev.weir.gateway.route;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Makes YAML text into a tree of nodes that know their places, within bounds on size, depth and aliases. */
final class YamlTree {

    private static final int DEEPEST = 20;
    private static final int MOST_ALIASES = 50;

    private YamlTree() {}

    /** The root; empty, and reported, where the text is not one YAML document. */
    static Optional<Node> compose(String text, Findings findings) {
        Mark start = place(0, 0);
        try {
            LoaderOptions limits = limits();
            ParserImpl parser = new ParserImpl(new StreamReader(text), limits);
            @Nullable Node root = new Composer(parser, new Resolver(), limits).getSingleNode();
            if (root == null) {
                findings.add(start, "", "an empty file", "a mapping with origins and routes");
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException e) {
            @Nullable Mark mark = e.getProblemMark();
            findings.add(mark == null ? start : mark, "", "not YAML: " + reason(e), "valid YAML");
        } catch (ReaderException e) {
            findings.add(
                    placeOf(text, e.getPosition()),
                    "",
                    "a character that YAML bars: U+" + String.format("%04X", e.getCodePoint()),
                    "printable text");
        } catch (YAMLException e) {
            findings.add(start, "", "not YAML: " + oneLine(e.getMessage()), "a smaller, plainer file");
        }
        return Optional.empty();
    }

    private static String reason(MarkedYAMLException e) {
        @Nullable String context = e.getContext();
        return oneLine(context == null ? e.getProblem() : context + ", " + e.getProblem());
    }

    private static LoaderOptions limits() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(RouteFile.LARGEST);
        limits.setNestingDepthLimit(DEEPEST);
        limits.setMaxAliasesForCollections(MOST_ALIASES);
        limits.setAllowDuplicateKeys(false);
        limits.setAllowRecursiveKeys(false);
        return limits;
    }

    private static String oneLine(@Nullable String text) {
        return String.valueOf(text).replaceAll("\\s+", " ").strip();
    }

    /** Where that code point of the text stands. */
    private static Mark placeOf(String text, int position) {
        int end = text.offsetByCodePoints(0, Math.min(position, text.codePointCount(0, text.length())));
        String before = text.substring(0, end);
        int lines = (int) before.chars().filter(c -> c == '\n').count();
        return place(lines, before.length() - before.lastIndexOf('\n') - 1);
    }

    private static Mark place(int line, int column) {
        return new Mark("", 0, line, column, new int[0], 0);
    }
}
