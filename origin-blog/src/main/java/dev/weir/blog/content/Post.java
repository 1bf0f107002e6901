package dev.weir.blog.content;

import java.util.Comparator;

/**
 * One post as written.
 *
 * @param front its front matter, valid
 * @param markdown its body, not yet rendered
 * @param file name of the file it came from
 * @param slugLine line of the slug in that file, from 1
 */
public record Post(FrontMatter front, String markdown, String file, int slugLine) {
    /** Newest first; posts of one day by slug, so that the order never depends on the file system. */
    public static final Comparator<Post> NEWEST_FIRST = Comparator.comparing(
                    (Post post) -> post.front().date())
            .reversed()
            .thenComparing(post -> post.front().slug());

    public String slug() {
        return front.slug();
    }
}
