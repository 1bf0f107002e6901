package dev.weir.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QuantilesTest {
    @Test
    void areValuesThatOccurred() {
        Quantiles hundred = Quantiles.of(LongStream.rangeClosed(1, 100).toArray());
        assertThat(hundred.at(0)).isEqualTo(1);
        assertThat(hundred.median()).isEqualTo(50);
        assertThat(hundred.at(0.99)).isEqualTo(99);
        assertThat(hundred.max()).isEqualTo(100);
    }

    @Test
    void needNoOrderAndFewValues() {
        assertThat(Quantiles.of(List.of(9L, 1L, 5L)).median()).isEqualTo(5);
        assertThat(Quantiles.of(List.of(7L)).at(0.99)).isEqualTo(7);
        assertThat(Quantiles.of(List.of()).median()).isZero();
    }
}
