package dev.weir.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The content of a stored response")
class BodyTest {

    private final Body.Coded br = new Body.Coded("br", "br5", new byte[3]);

    @Test
    @DisplayName("finds its forms by coding and counts all bytes")
    void forms() {
        Body body = new Body(new byte[10], List.of(new Body.Coded("gzip", "gzip6", new byte[4]), br));

        assertThat(body.coded("br")).isSameAs(br);
        assertThat(body.coded("zstd")).isNull();
        assertThat(body.bytes()).isEqualTo(17);
    }

    @Test
    @DisplayName("nothing is one and the same nothing")
    void empty() {
        assertThat(Body.of(new byte[0])).isSameAs(Body.EMPTY);
        assertThat(Body.of(new byte[1]).bytes()).isEqualTo(1);
    }

    @Test
    @DisplayName("a list of forms that changes later changes nothing here")
    void copied() {
        List<Body.Coded> forms = new ArrayList<>();
        Body body = new Body(new byte[1], forms);
        forms.add(br);

        assertThat(body.coded()).isEmpty();
    }
}
