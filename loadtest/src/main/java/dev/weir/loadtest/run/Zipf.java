package dev.weir.loadtest.run;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Samples ranks from 0 as visitors choose pages: the rank r, counted from 1, with a probability in proportion to
 * 1/r<sup>s</sup>. The same seed gives the same ranks. For one thread.
 */
public final class Zipf {
    private final double[] cumulative;
    private final SplittableRandom random;

    /**
     * @param ranks how many there are, at least 1
     * @param exponent s; 0 makes all ranks equal, about 1 is what web traffic shows
     */
    public Zipf(int ranks, double exponent, long seed) {
        if (ranks < 1) {
            throw new IllegalArgumentException("ranks " + ranks + " (expected: at least 1)");
        }
        cumulative = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += 1 / Math.pow(rank + 1, exponent);
            cumulative[rank] = sum;
        }
        random = new SplittableRandom(seed);
    }

    public int next() {
        double point = random.nextDouble() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, point);
        int rank = found >= 0 ? found + 1 : -found - 1;
        return Math.min(rank, cumulative.length - 1);
    }
}
