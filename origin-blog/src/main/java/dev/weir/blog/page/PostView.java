package dev.weir.blog.page;

import dev.weir.blog.markdown.Heading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the page of one post shows.
 *
 * @param html the rendered body, safe
 * @param contents entries of the table of contents; empty for none
 * @param older the neighbour before, null at the end
 * @param newer the neighbour after, null at the end
 */
public record PostView(
        PostCard card,
        String html,
        List<Heading> contents,
        @Nullable PostCard older,
        @Nullable PostCard newer) {
    public PostView {
        contents = List.copyOf(contents);
    }
}
