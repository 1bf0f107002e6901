package dev.weir.gateway.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one message: ordered, names compared without regard to case, immutable (RFC 9110 §5). Several field
 * lines of one name stay several; {@link #list} gives their combined value (§5.3).
 *
 * <p>Kept as one flat array of name, value, name, value: messages have a dozen or two fields, and a scan over them is
 * faster than a hash map and a quarter of its size.
 */
public final class Headers {

    private static final Headers EMPTY = new Headers(new String[0]);

    private final String[] flat;

    private Headers(String[] flat) {
        this.flat = flat;
    }

    public static Headers empty() {
        return EMPTY;
    }

    /**
     * Fields in that order.
     *
     * @param namesAndValues name, value, name, value, …
     * @throws IllegalArgumentException if their count is odd
     */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "names and values: " + namesAndValues.length + " (expected: an even count)");
        }
        return new Headers(namesAndValues.clone());
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The number of field lines. */
    public int size() {
        return flat.length / 2;
    }

    /** The name of line {@code index}, as it was sent. */
    public String name(int index) {
        return flat[2 * index];
    }

    /** The value of line {@code index}. */
    public String value(int index) {
        return flat[2 * index + 1];
    }

    public boolean contains(String name) {
        return first(name) != null;
    }

    /** The value of the first line of that name, or null where there is none. */
    public @Nullable String first(String name) {
        for (int i = 0; i < flat.length; i += 2) {
            if (flat[i].equalsIgnoreCase(name)) {
                return flat[i + 1];
            }
        }
        return null;
    }

    /** The value of the only line of that name; null where there is none or more than one. */
    public @Nullable String only(String name) {
        List<String> lines = all(name);
        return lines.size() == 1 ? lines.get(0) : null;
    }

    /** The values of all lines of that name, in order; empty where there is none. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(2);
        for (int i = 0; i < flat.length; i += 2) {
            if (flat[i].equalsIgnoreCase(name)) {
                values.add(flat[i + 1]);
            }
        }
        return values;
    }

    /** The combined field value: all lines of that name joined by {@code ", "} (RFC 9110 §5.3); null where there is none. */
    public @Nullable String list(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }

    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < flat.length; i += 2) {
            action.accept(flat[i], flat[i + 1]);
        }
    }

    /** These fields with exactly one line of that name, at the end. */
    public Headers with(String name, String value) {
        return toBuilder().remove(name).add(name, value).build();
    }

    /** These fields and one more line. */
    public Headers plus(String name, String value) {
        return toBuilder().add(name, value).build();
    }

    /** These fields less all lines whose names the set holds in lower case. */
    public Headers without(Set<String> lowerCaseNames) {
        return filter(name -> !lowerCaseNames.contains(name.toLowerCase(Locale.ROOT)));
    }

    public Headers without(String name) {
        return contains(name) ? filter(other -> !other.equalsIgnoreCase(name)) : this;
    }

    /** The lines whose name passes. */
    public Headers filter(Predicate<String> keep) {
        Builder kept = new Builder();
        forEach((name, value) -> {
            if (keep.test(name)) {
                kept.add(name, value);
            }
        });
        return kept.build();
    }

    public Builder toBuilder() {
        Builder copy = new Builder();
        copy.flat.addAll(Arrays.asList(flat));
        return copy;
    }

    /** The names, lower case, each once. */
    public Set<String> names() {
        Builder all = toBuilder();
        return java.util.stream.IntStream.range(0, size())
                .mapToObj(i -> all.flat.get(2 * i).toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Same lines in the same order, names without regard to case. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Headers that) || flat.length != that.flat.length) {
            return false;
        }
        for (int i = 0; i < flat.length; i += 2) {
            if (!flat[i].equalsIgnoreCase(that.flat[i]) || !flat[i + 1].equals(that.flat[i + 1])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < flat.length; i += 2) {
            hash = 31 * (31 * hash + flat[i].toLowerCase(Locale.ROOT).hashCode()) + flat[i + 1].hashCode();
        }
        return hash;
    }

    /** The field lines, one a line; for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    /** Collects field lines; not for sharing between threads. */
    public static final class Builder {

        private final List<String> flat = new ArrayList<>(32);

        private Builder() {}

        public Builder add(String name, String value) {
            flat.add(name);
            flat.add(value);
            return this;
        }

        public Builder addAll(String name, Collection<String> values) {
            values.forEach(value -> add(name, value));
            return this;
        }

        public Builder addAll(Headers headers) {
            flat.addAll(Arrays.asList(headers.flat));
            return this;
        }

        public Builder remove(String name) {
            for (int i = flat.size() - 2; i >= 0; i -= 2) {
                if (flat.get(i).equalsIgnoreCase(name)) {
                    flat.subList(i, i + 2).clear();
                }
            }
            return this;
        }

        public Headers build() {
            return flat.isEmpty() ? EMPTY : new Headers(flat.toArray(String[]::new));
        }
    }
}
