package dev.weir.loadtest.rig;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of a heap was in use: between two collections it only grows, so what a JVM logs of the moment before each one,
 * and what is in use now, hold the peak among them.
 */
final class HeapPeak {
    // [12.345s][info][gc] GC(7) Pause Young (Normal) (G1 Evacuation Pause) 123M->45M(512M) 5.123ms
    private static final Pattern COLLECTION = Pattern.compile(" (\\d+)([KMG])->\\d+[KMG]\\(\\d+[KMG]\\)");

    // jvm_memory_used_bytes{area="heap",id="G1 Eden Space"} 1.2345678E7
    private static final Pattern POOL =
            Pattern.compile("(?m)^jvm_memory_used_bytes\\{[^}]*area=\"heap\"[^}]*\\} (\\S+)$");

    private HeapPeak() {}

    /** The most that a log of {@code -Xlog:gc} tells, in bytes; 0 without any collection. */
    static long beforeCollections(String gcLog) {
        long peak = 0;
        Matcher collection = COLLECTION.matcher(gcLog);
        while (collection.find()) {
            int shift = 10 * (1 + "KMG".indexOf(collection.group(2)));
            peak = Math.max(peak, Long.parseLong(collection.group(1)) << shift);
        }
        return peak;
    }

    /** All of the heap's pools together, as the metrics of a JVM tell them, in bytes. */
    static long inUse(String prometheus) {
        double sum = 0;
        Matcher pool = POOL.matcher(prometheus);
        while (pool.find()) {
            sum += Double.parseDouble(pool.group(1));
        }
        return (long) sum;
    }
}
