package dev.weir.blog.markdown;

import java.util.List;

/**
 * A rendered body.
 *
 * @param html safe to place in a page as it is
 * @param outline headings of levels 2 and 3 in order
 * @param words number of words, for the reading time
 */
public record Article(String html, List<Heading> outline, int words) {
    public Article {
        outline = List.copyOf(outline);
    }
}
