package dev.weir.blog.content;

import java.time.LocalDate;
import java.util.List;

/**
 * What stands above a post's body.
 *
 * @param title plain text, shown as heading and in the browser's tab
 * @param slug last segment of the post's URL: lower-case letters, digits and single hyphens
 * @param date day of publication, UTC
 * @param author plain text
 * @param description one or two sentences for lists, the feed and search results
 * @param tags slug-like words, at least one, in the order written
 * @param category plain text, one
 * @param toc whether the page shows a table of contents
 * @param draft whether the post stays unpublished
 */
public record FrontMatter(
        String title,
        String slug,
        LocalDate date,
        String author,
        String description,
        List<String> tags,
        String category,
        boolean toc,
        boolean draft) {
    public FrontMatter {
        tags = List.copyOf(tags);
    }
}
