package dev.weir.blog.page;

import dev.weir.blog.content.FrontMatter;
import dev.weir.blog.content.Post;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;

/** Posts and a site for tests. */
final class Posts {
    static final Site SITE = new Site(URI.create("https://blog.example/"), 2);

    private Posts() {}

    static Post post(String slug, int day, String title, String body, String... tags) {
        FrontMatter front = new FrontMatter(
                title, slug, LocalDate.of(2026, 1, day), "A", "About " + title, List.of(tags), "C", true, false);
        return new Post(front, body, slug + ".md", 3);
    }

    static Post post(String slug, int day) {
        return post(slug, day, "Title of " + slug, "Body of " + slug, "http");
    }
}
