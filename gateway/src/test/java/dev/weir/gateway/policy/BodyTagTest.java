package dev.weir.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.ResponseHead;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a tag made from a body")
class BodyTagTest {

    private static String tag(String... pieces) {
        BodyTag tag = new BodyTag();
        for (String piece : pieces) {
            tag.add(piece.getBytes(UTF_8));
        }
        return tag.value();
    }

    @Test
    @DisplayName("is that of the whole, in whatever pieces it came")
    void pieces() {
        assertThat(tag("he", "", "llo")).isEqualTo(EntityTags.made("hello".getBytes(UTF_8)));
        assertThat(tag("hell")).isNotEqualTo(tag("hello"));
        assertThat(EntityTags.isStrong(tag())).isTrue();
    }

    @Test
    @DisplayName("stands in for a missing tag and is known for one made here")
    void on() {
        BodyTag tag = new BodyTag();
        ResponseHead head = tag.on(new ResponseHead(200, Headers.of("ETag", "broken")));

        assertThat(EntityTags.of(head.headers())).isEqualTo(tag());
        assertThat(EntityTags.ofOrigin(head.headers())).isNull();
        assertThat(BodyTag.isNeeded(Headers.of("ETag", "broken"))).isTrue();
        assertThat(BodyTag.isNeeded(Headers.of("ETag", "\"a\""))).isFalse();
    }
}
