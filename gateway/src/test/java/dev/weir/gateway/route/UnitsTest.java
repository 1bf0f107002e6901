package dev.weir.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("units")
class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "30s, PT30S",
        "5m, PT5M",
        "1h, PT1H",
        "7d, PT168H",
        "0s, PT0S",
        "999999999d, P999999999D"
    })
    @DisplayName("of time are read and written")
    void durations(String text, Duration duration) {
        assertThat(Units.duration(text)).contains(duration);
        assertThat(Units.duration(Units.text(duration))).contains(duration);
    }

    @ParameterizedTest
    @CsvSource({"0B, 0", "1B, 1", "512KiB, 524288", "2MiB, 2097152", "999999999GiB, 1073741822926258176"})
    @DisplayName("of size are read and written")
    void sizes(String text, long bytes) {
        assertThat(Units.bytes(text)).contains(bytes);
        assertThat(Units.text(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "s",
                "-1s",
                "+1s",
                "1.5s",
                "1 s",
                " 1s",
                "1S",
                "1sec",
                "1m30s",
                "1234567890s",
                "1MB",
                "1kib",
                "1K",
                "٣s"
            })
    @DisplayName("in any other writing are refused")
    void refused(String text) {
        assertThat(Units.duration(text)).isEmpty();
        assertThat(Units.bytes(text)).isEmpty();
    }
}
