package dev.weir.loadtest;

import java.util.ArrayList;
import java.util.List;

/** The load test, run from another package's test in this very process. */
public final class LoadTestRun {
    private LoadTestRun() {}

    /** A herd; its report goes to the test's output. Returns the exit status. */
    public static int herd(String gateway, List<String> origins, int clients) {
        List<String> words = new ArrayList<>(List.of("herd", "--clients=" + clients, "--gateway=" + gateway));
        origins.forEach(origin -> words.add("--origin-metrics=" + origin));
        return LoadTest.run(words, System.out, System.err);
    }
}
