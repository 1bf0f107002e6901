package dev.weir.loadtest.report;

import java.util.List;
import java.util.Locale;

/** A spread as Markdown: a row for each promise, with the median of all rounds and the widest of them. */
public final class SpreadTable {
    private SpreadTable() {}

    /** The table. */
    public static String of(SpreadResult result) {
        List<SpreadResult.Round> rounds = result.rounds();
        long worstLag = rounds.stream().mapToLong(SpreadResult.Round::lag).max().orElse(0);
        double worstRatio =
                rounds.stream().mapToDouble(SpreadResult.Round::ratio).max().orElse(0);
        return String.format(
                Locale.ROOT,
                """
                | one gateway, %d rounds | median | worst round | aim |
                |---|---|---|---|
                | first byte of the median of %,d waiters, behind the leader's | %+d µs | %+d µs | at most 1,000 µs |
                | first bytes of %,d clients, first to p99 | %s | %s | |
                | the same from a bare Netty loop | %s | %s | |
                | ratio | %.2f | %.2f | at most 1.5 |
                """,
                rounds.size(),
                result.few(),
                result.lag() / 1_000,
                worstLag / 1_000,
                result.many(),
                time(result.gateway()),
                time(rounds.stream()
                        .mapToLong(SpreadResult.Round::gateway)
                        .max()
                        .orElse(0)),
                time(result.bare()),
                time(rounds.stream().mapToLong(SpreadResult.Round::bare).max().orElse(0)),
                result.ratio(),
                worstRatio);
    }

    private static String time(long nanos) {
        return Percentiles.time(nanos / 1_000);
    }
}
