package dev.weir.ssr.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EmbeddedJsonTest {
    private final JsonMapper mapper = JsonMapper.builder().build();

    @Test
    @DisplayName("nothing in it can end a script element, begin a comment or break a line")
    void escapes() {
        String escaped = EmbeddedJson.escape(mapper.writeValueAsString("</script><!-- & \u2028\u2029"));

        assertThat(escaped).doesNotContain("<", ">", "&", "\u2028", "\u2029");
        assertThat(escaped).startsWith("\"\\u003c/script\\u003e\\u003c!-- \\u0026");
    }

    @Test
    @DisplayName("it is still the same JSON value")
    void sameValue() {
        String value = "a <b> & \"c\" \\ \u2028 ✦ \uD83D\uDD25 </script>";

        String escaped = EmbeddedJson.escape(mapper.writeValueAsString(value));

        assertThat(mapper.readValue(escaped, String.class)).isEqualTo(value);
    }
}
