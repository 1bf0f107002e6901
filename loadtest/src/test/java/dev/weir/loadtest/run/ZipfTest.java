package dev.weir.loadtest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ZipfTest {
    private static final int RANKS = 50;
    private static final int SAMPLES = 200_000;

    @Test
    void eachRankComesInProportionToItsInverse() {
        int[] counts = new int[RANKS];
        Zipf zipf = new Zipf(RANKS, 1.0, 42);
        for (int i = 0; i < SAMPLES; i++) {
            counts[zipf.next()]++;
        }

        double harmonic =
                IntStream.rangeClosed(1, RANKS).mapToDouble(rank -> 1.0 / rank).sum();
        for (int rank = 1; rank <= RANKS; rank++) {
            double expected = SAMPLES / (rank * harmonic);
            // Five standard deviations of a count of this size; the seed is fixed, so this is no matter of luck.
            assertThat((double) counts[rank - 1]).isCloseTo(expected, within(5 * Math.sqrt(expected)));
        }
    }

    @Test
    void anExponentOfZeroMakesAllEqual() {
        Zipf zipf = new Zipf(4, 0, 7);
        long first = IntStream.range(0, SAMPLES).filter(i -> zipf.next() == 0).count();

        assertThat((double) first).isCloseTo(SAMPLES / 4.0, within(5 * Math.sqrt(SAMPLES / 4.0)));
    }

    @Test
    void theSeedDecidesTheSequence() {
        assertThat(sequence(1)).isEqualTo(sequence(1)).isNotEqualTo(sequence(2));
    }

    @Test
    void oneRankIsAlwaysChosen() {
        assertThat(new Zipf(1, 1.0, 3).next()).isZero();
    }

    private static int[] sequence(long seed) {
        Zipf zipf = new Zipf(RANKS, 1.0, seed);
        return IntStream.range(0, 100).map(i -> zipf.next()).toArray();
    }
}
