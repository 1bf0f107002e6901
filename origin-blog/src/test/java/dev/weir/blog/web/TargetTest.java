package dev.weir.blog.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "/blog/,1",
        "/blog/?page=2,2",
        "/blog/?utm=x&page=3&y=1,3",
        "/blog/?page=2&page=3,2",
        "/blog/?xpage=2,1",
        "/blog/?page=0,0",
        "/blog/?page=-1,0",
        "/blog/?page=02,0",
        "/blog/?page=,0",
        "/blog/?page=%32,0",
        "/blog/?page=99999999999,0"
    })
    void readsThePageAndIgnoresOtherParameters(String uri, int page) {
        assertThat(Target.of(URI.create(uri))).isEqualTo(new Target("/blog/", page));
    }

    @ParameterizedTest
    @CsvSource({
        "/blog/,blog list",
        "/blog/a-b,blog post:a-b",
        "/blog/tags/x,blog tag:x",
        "/blog/A%0d%0aX:y,blog",
        "/blog/tags/A B,blog",
        "/blog/tags/,blog",
        "/other,blog"
    })
    void tagsTheMissingWithWhatTheyWouldBe(String path, String tags) {
        assertThat(MissingTags.of(path)).isEqualTo(tags);
    }
}
