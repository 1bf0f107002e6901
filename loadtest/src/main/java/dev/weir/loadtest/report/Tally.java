package dev.weir.loadtest.report;

import dev.weir.loadtest.client.Source;
import dev.weir.loadtest.client.Visit;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Counts visits as they come; for one thread at a time. Latencies in microseconds, to three digits, up to an hour. */
public final class Tally {
    private static final int MAX_REASONS = 5;

    private final Map<Source, Long> sources = new EnumMap<>(Source.class);
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final Map<String, Long> reasons = new LinkedHashMap<>();
    private final Histogram firstByte = new Histogram(Duration.ofHours(1).toSeconds() * 1_000_000, 3);
    private final Histogram whole = new Histogram(Duration.ofHours(1).toSeconds() * 1_000_000, 3);
    private long count;
    private long failed;

    public void add(Visit visit) {
        count++;
        if (!visit.isGood()) {
            failed++;
            remember(visit.answer()
                    .map(answer -> visit.path() + " answered " + answer.status())
                    .orElse(visit.failure()));
        }
        visit.answer().ifPresent(answer -> {
            sources.merge(answer.source(), 1L, Long::sum);
            statuses.merge(answer.status(), 1L, Long::sum);
            firstByte.recordValue(micros(visit.firstByte()));
            whole.recordValue(micros(visit.whole()));
        });
    }

    // The first few reasons are enough to go on; a thousand would hide them.
    private void remember(String reason) {
        if (reasons.size() < MAX_REASONS || reasons.containsKey(reason)) {
            reasons.merge(reason, 1L, Long::sum);
        }
    }

    private static long micros(Duration duration) {
        return Math.max(
                0, Math.min(duration.toNanos() / 1_000, Duration.ofHours(1).toSeconds() * 1_000_000));
    }

    public long count() {
        return count;
    }

    public Counts snapshot() {
        return new Counts(
                new Counts.Totals(count, failed, reasons),
                sources,
                statuses,
                Percentiles.of(firstByte),
                Percentiles.of(whole));
    }
}
