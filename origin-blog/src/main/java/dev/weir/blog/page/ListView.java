package dev.weir.blog.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one page of a list shows.
 *
 * @param heading what the list is about
 * @param introduction one sentence below it
 * @param topics all tags, on the main list; empty elsewhere
 * @param number this page, from 1
 * @param count of pages
 * @param newer address of the page before, null on the first
 * @param older address of the page after, null on the last
 */
public record ListView(
        String heading,
        String introduction,
        List<PostCard> posts,
        List<PostCard.TagLink> topics,
        int number,
        int count,
        @Nullable String newer,
        @Nullable String older) {
    public ListView {
        posts = List.copyOf(posts);
        topics = List.copyOf(topics);
    }
}
