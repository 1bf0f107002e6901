package dev.weir.blog.page;

import dev.weir.blog.content.Post;
import java.util.ArrayList;
import java.util.List;

/**
 * One page of a list.
 *
 * @param number from 1
 * @param count how many there are, at least 1
 * @param posts what this one shows
 */
record Slice(int number, int count, List<Post> posts) {
    Slice {
        posts = List.copyOf(posts);
    }

    /** Cuts a list into slices of {@code size}; an empty list is one empty slice. */
    static List<Slice> of(List<Post> posts, int size) {
        int count = Math.max(1, (posts.size() + size - 1) / size);
        List<Slice> slices = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int from = i * size;
            slices.add(new Slice(i + 1, count, posts.subList(from, Math.min(from + size, posts.size()))));
        }
        return slices;
    }
}
