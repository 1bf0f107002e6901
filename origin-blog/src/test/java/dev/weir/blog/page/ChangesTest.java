package dev.weir.blog.page;

import static dev.weir.blog.page.Posts.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.blog.content.Post;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final Post A = post("a", 1, "A", "Body of a", "http");
    private static final Post B = post("b", 2, "B", "Body of b", "http", "redis");
    private static final Post C = post("c", 3, "C", "Body of c", "java");

    private final Press press = new Press(Posts.SITE);

    @Test
    void areNoneBetweenEqualSnapshots() {
        assertThat(between(List.of(C, B, A), List.of(C, B, A))).isEmpty();
    }

    @Test
    void ofABodyConcernThePostAlone() {
        Post edited = post("b", 2, "B", "Another body", "http", "redis");
        assertThat(between(List.of(C, B, A), List.of(C, edited, A))).containsExactly("post:b");
    }

    @Test
    void ofATitleReachListsFeedAndNeighbours() {
        Post renamed = post("b", 2, "Better", "Body of b", "http", "redis");
        assertThat(between(List.of(C, B, A), List.of(C, renamed, A)))
                .containsExactly("feed", "list", "post:a", "post:b", "post:c", "tag:http", "tag:redis");
    }

    @Test
    void ofANewPostTouchItsOwnTagToo() {
        assertThat(between(List.of(B, A), List.of(C, B, A)))
                .containsExactly("feed", "list", "post:b", "post:c", "tag:java");
    }

    @Test
    void ofARemovedPostAreTheSame() {
        assertThat(between(List.of(C, B, A), List.of(B, A)))
                .containsExactly("feed", "list", "post:b", "post:c", "tag:java");
    }

    private SortedSet<String> between(List<Post> before, List<Post> after) {
        Snapshot first = press.print(before, null, Instant.EPOCH);
        return Changes.between(first, press.print(after, first, Instant.EPOCH.plusSeconds(60)));
    }
}
