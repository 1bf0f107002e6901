package dev.weir.ssr.spell;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A school of magic; its slug stands in addresses, tags, JSON and the database. */
public enum School {
    BLOOM,
    BONE,
    GALE,
    PYRE,
    STAR,
    STONE,
    TIDE,
    VEIL;

    private final String slug = name().toLowerCase(Locale.ROOT);

    /** Returns the school's name in lower case. */
    @JsonValue
    public String slug() {
        return slug;
    }

    /** Returns the school of that slug, if there is one. */
    public static Optional<School> of(String slug) {
        return Arrays.stream(values())
                .filter(school -> school.slug.equals(slug))
                .findFirst();
    }

    /** Returns all slugs in alphabetical order. */
    public static List<String> slugs() {
        return Arrays.stream(values()).map(School::slug).toList();
    }
}
