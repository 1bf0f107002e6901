package dev.weir.loadtest.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BodyTest {

    @Test
    void theSameBytesHaveTheSameDigestInEveryCoding() throws IOException {
        Body plain = Body.decode("", "page".getBytes(UTF_8));
        Body zipped = Body.decode("gzip", gzip("page"));

        assertThat(zipped.digest()).isEqualTo(plain.digest());
        assertThat(zipped.text()).isEqualTo("page");
        assertThat(Body.decode("identity", "pagf".getBytes(UTF_8)).digest()).isNotEqualTo(plain.digest());
    }

    @Test
    void damagedOrUnaskedCodingsAreRefused() throws IOException {
        byte[] whole = gzip("a page that is long enough to be cut");
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 9);

        assertThatThrownBy(() -> Body.decode("gzip", cut)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Body.decode("br", whole)).hasMessageContaining("content coding br");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
