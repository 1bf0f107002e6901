package dev.weir.blog.page;

import dev.weir.blog.content.FrontMatter;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A post as lists show it, and the head of its own page. Day and reading time come ready to print. */
public record PostCard(
        String title,
        String address,
        LocalDate date,
        String author,
        String description,
        List<TagLink> tags,
        String category,
        int minutes) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final int WORDS_PER_MINUTE = 220;

    public PostCard {
        tags = List.copyOf(tags);
    }

    /** A tag and the address of its list. */
    public record TagLink(String name, String address) {
        static TagLink of(String tag) {
            return new TagLink(tag, Addresses.tag(tag));
        }
    }

    static PostCard of(FrontMatter front, int words) {
        return new PostCard(
                front.title(),
                Addresses.post(front.slug()),
                front.date(),
                front.author(),
                front.description(),
                front.tags().stream().map(TagLink::of).toList(),
                front.category(),
                Math.max(1, Math.round((float) words / WORDS_PER_MINUTE)));
    }

    public String day() {
        return date.format(DAY);
    }
}
