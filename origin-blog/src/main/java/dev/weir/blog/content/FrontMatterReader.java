package dev.weir.blog.content;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * YAML fields to a {@link FrontMatter}, each key checked where it stands so that a complaint can name its line.
 *
 * <p>Values are taken as written, not as YAML would type them: a title {@code 2026} stays text, a date {@code 2026-13-01}
 * is refused instead of rolling over.
 */
final class FrontMatterReader {
    private static final Set<String> KEYS =
            Set.of("title", "slug", "date", "author", "description", "tags", "category", "toc", "draft");
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
    private static final int LONGEST_SLUG = 100;
    private static final int LONGEST_TEXT = 500;
    private static final int MOST_TAGS = 20;

    /** First path segments below the blog that are not posts. */
    private static final Set<String> RESERVED = Set.of("tags", "assets");

    private final YamlFields fields;

    private FrontMatterReader(YamlFields fields) {
        this.fields = fields;
    }

    static FrontMatterReader of(String file, String yaml) throws MalformedContent {
        return new FrontMatterReader(YamlFields.parse(file, yaml, KEYS));
    }

    FrontMatter read() throws MalformedContent {
        return new FrontMatter(
                text("title"),
                slug(),
                date(),
                text("author"),
                text("description"),
                tags(),
                text("category"),
                flag("toc"),
                flag("draft"));
    }

    int lineOf(String key) {
        return fields.lineOf(key);
    }

    private String slug() throws MalformedContent {
        String slug = text("slug");
        requireSlug("slug", slug);
        if (RESERVED.contains(slug)) {
            throw fields.refuse("slug", "\"" + slug + "\" is reserved (expected: none of tags, assets)");
        }
        return slug;
    }

    private LocalDate date() throws MalformedContent {
        String value = text("date");
        try {
            return LocalDate.parse(value);
        } catch (DateTimeParseException e) {
            throw fields.refuse("date", "\"" + value + "\" is no date (expected: a real day as YYYY-MM-DD)");
        }
    }

    private List<String> tags() throws MalformedContent {
        if (!(fields.required("tags") instanceof SequenceNode sequence)
                || sequence.getValue().isEmpty()
                || sequence.getValue().size() > MOST_TAGS) {
            throw fields.refuse("tags", "expected: a list of 1 to " + MOST_TAGS + " tags, such as [http, caching]");
        }
        List<String> tags = new ArrayList<>();
        for (Node node : sequence.getValue()) {
            String tag = node instanceof ScalarNode scalar ? scalar.getValue() : "";
            requireSlug("tags", tag);
            if (tags.contains(tag)) {
                throw fields.refuse("tags", "\"" + tag + "\" is listed twice");
            }
            tags.add(tag);
        }
        return tags;
    }

    private boolean flag(String key) throws MalformedContent {
        if (fields.optional(key) == null) {
            return false;
        }
        String value = text(key);
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw fields.refuse(key, "\"" + value + "\" is no flag (expected: true or false)");
        };
    }

    private String text(String key) throws MalformedContent {
        if (!(fields.required(key) instanceof ScalarNode scalar)
                || scalar.getValue().isBlank()) {
            throw fields.refuse(key, "expected: some text");
        }
        String value = scalar.getValue().strip();
        if (value.length() > LONGEST_TEXT) {
            throw fields.refuse(key, value.length() + " characters (expected: at most " + LONGEST_TEXT + ")");
        }
        // Such characters are legal in neither XML 1.0 (§2.2) nor an HTTP field value; nobody means to write them.
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw fields.refuse(key, "holds a control character or a line break (expected: one line of plain text)");
        }
        return value;
    }

    private void requireSlug(String key, String value) throws MalformedContent {
        if (value.length() > LONGEST_SLUG || !SLUG.matcher(value).matches()) {
            throw fields.refuse(
                    key,
                    "\"" + value + "\" (expected: lower-case letters, digits and single hyphens, at most "
                            + LONGEST_SLUG + ")");
        }
    }
}
