package dev.weir.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {

    @TempDir
    Path directory;

    private String problemOf(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("gateway.yaml"), yaml);
        String problem = SettingsCheck.problem(file);
        return problem == null ? "none" : problem;
    }

    @Test
    void theShippedFileIsValidAndNoFileIsAllowed() {
        assertThat(SettingsCheck.problem(Path.of("..", "config", "gateway.yaml")))
                .isNull();
        assertThat(SettingsCheck.problem(directory.resolve("none.yaml"))).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    weir: { prot: 8080 }                  | unknown key weir.prot
                    weir: { port: many }                  | weir.port
                    weir: { store: { memory: 12 } }       | weir.store.memory: 12 (expected: a size such as
                    weir: { limits: { idle: soon } }      | weir.limits.idle
                    weir: [                               | gateway.yaml
                    """)
    void aMistakeIsNamedByItsKey(String yaml, String expected) throws IOException {
        assertThat(problemOf(yaml)).contains("gateway.yaml: ").contains(expected);
    }
}
