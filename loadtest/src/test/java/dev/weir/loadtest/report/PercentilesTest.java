package dev.weir.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentilesTest {

    @Test
    void standWhereTheyShould() {
        Histogram micros = new Histogram(3);
        for (int value = 1; value <= 1_000; value++) {
            micros.recordValue(value);
        }

        assertThat(Percentiles.of(micros)).isEqualTo(new Percentiles(500, 900, 990, 1_000));
        assertThat(Percentiles.of(micros).inWords()).isEqualTo("p50 500 µs   p90 900 µs   p99 990 µs   max 1.00 ms");
    }

    @Test
    void withoutAnyValueAllAreZero() {
        assertThat(Percentiles.of(new Histogram(3))).isEqualTo(new Percentiles(0, 0, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 µs",
        "999, 999 µs",
        "1000, 1.00 ms",
        "9994, 9.99 ms",
        "9996, 10.0 ms",
        "99960, 100 ms",
        "999000, 999 ms",
        "1000000, 1.00 s",
        "61500000, 61.5 s"
    })
    void timesReadWithThreeDigits(long micros, String words) {
        assertThat(Percentiles.time(micros)).isEqualTo(words);
    }
}
