package dev.weir.ssr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other platforms use is what this one builds: the committed bundles are current. */
class BundleTest {
    @ParameterizedTest
    @ValueSource(strings = {"server.js", "client.js", "site.css"})
    void isCommittedAsBuilt(String file) throws IOException {
        try (InputStream built = BundleTest.class.getResourceAsStream("/bundle/" + file)) {
            assertThat(built).isNotNull();
            assertThat(built.readAllBytes())
                    .as("src/main/bundle/%s is not what src/main/js gives: copy target/js/bundle over it", file)
                    .isEqualTo(Files.readAllBytes(Path.of("src/main/bundle", file)));
        }
    }
}
