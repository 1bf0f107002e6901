package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.StructuredFields;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All that a purge could name a response by, from its key and its tags. */
public final class Selectors {

    /** More than these and the response is not stored: each purge check would cost too much. */
    public static final int MAX = 256;

    private Selectors() {}

    /** The selectors of a response under that key; empty where they are too many, and it must not be stored. */
    public static Set<Selector> of(CacheKey key, Headers response) {
        Set<Selector> selectors = new HashSet<>();
        selectors.add(Selector.ALL);
        selectors.add(new Selector(Selector.Kind.URL, key.url()));
        selectors.add(new Selector(Selector.Kind.URL, key.urlWithoutQuery()));
        selectors.add(new Selector(Selector.Kind.PATH, key.path()));
        selectors.add(new Selector(Selector.Kind.HOST, key.host()));
        selectors.add(new Selector(Selector.Kind.HOST, key.hostname()));
        for (int slash = key.path().indexOf('/'); slash >= 0; slash = key.path().indexOf('/', slash + 1)) {
            String prefix = key.path().substring(0, slash + 1);
            selectors.add(new Selector(Selector.Kind.PREFIX, prefix));
            selectors.add(new Selector(Selector.Kind.PREFIX, key.host() + prefix));
        }
        for (String line : response.all("Surrogate-Key")) {
            tags(line, "[ \t]+").forEach(selectors::add);
        }
        for (String line : response.all("Cache-Tag")) {
            tags(line, ",").forEach(selectors::add);
        }
        for (String group : groups(response, "Cache-Groups")) {
            selectors.add(tag(group)); // for those who purge by hand
            selectors.add(group(key, group));
        }
        return selectors.size() > MAX ? Set.of() : Set.copyOf(selectors);
    }

    /** RFC 9875 §2.1: groups of different origins are different groups, whatever they are called. */
    static Selector group(CacheKey member, String group) {
        return tag(member.origin() + ' ' + group);
    }

    /** RFC 9875 §2, §3: a list of strings; parameters are ignored, and so is a field with anything else in it. */
    static List<String> groups(Headers headers, String field) {
        String value = headers.list(field);
        List<StructuredFields.Member> members = value == null ? null : StructuredFields.list(value);
        if (members == null) {
            return List.of();
        }
        List<String> groups = members.stream()
                .filter(StructuredFields.Item.class::isInstance)
                .map(member -> ((StructuredFields.Item) member).bare())
                .filter(StructuredFields.Text.class::isInstance)
                .map(bare -> ((StructuredFields.Text) bare).value())
                .toList();
        return groups.size() == members.size() ? groups : List.of();
    }

    /** These fields know no quotes: one that strays into a tag must not swallow the tags after it. */
    private static Stream<Selector> tags(String line, String separator) {
        return Arrays.stream(line.split(separator))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .map(Selectors::tag);
    }

    private static Selector tag(String tag) {
        return new Selector(Selector.Kind.TAG, tag);
    }
}
