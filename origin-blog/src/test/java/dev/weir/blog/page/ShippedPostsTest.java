package dev.weir.blog.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.blog.content.ContentFolder;
import dev.weir.blog.content.Post;
import dev.weir.blog.markdown.Markdown;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ShippedPostsTest {
    private static final Pattern INTERNAL_LINK = Pattern.compile("href=\"(/blog/[^\"]*)\"");
    private static final Path CONTENT = Path.of("content");

    @Test
    void areComplete() throws Exception {
        List<Post> posts = new ContentFolder(CONTENT, false).read();
        assertThat(posts).hasSizeGreaterThanOrEqualTo(12).allSatisfy(post -> {
            assertThat(post.front().author()).isEqualTo("The Weir project");
            assertThat(Markdown.words(post.markdown())).as(post.slug()).isBetween(700, 1300);
            assertThat(post.file()).isEqualTo(post.slug() + ".md");
        });
        assertThat(new ContentFolder(CONTENT, true).read()).hasSizeGreaterThan(posts.size());
    }

    @Test
    void linkOnlyToPagesThatExist() throws Exception {
        Snapshot snapshot = new Press(Posts.SITE).print(new ContentFolder(CONTENT, false).read(), null, Instant.EPOCH);
        snapshot.pages().forEach((address, page) -> {
            Matcher link = INTERNAL_LINK.matcher(page.body().text());
            while (link.find()) {
                assertThat(snapshot.pages()).as("from " + address).containsKey(link.group(1));
            }
        });
    }
}
