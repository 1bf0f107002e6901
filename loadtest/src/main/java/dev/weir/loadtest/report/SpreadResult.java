package dev.weir.loadtest.report;

import dev.weir.loadtest.crowd.Crowd;
import dev.weir.loadtest.crowd.Sighting;
import java.util.List;
import java.util.Locale;

/**
 * How close together answers came.
 *
 * @param few how many waited besides one leader
 * @param many how many asked in the comparison with bare writing
 */
public record SpreadResult(int few, int many, List<Round> rounds) {
    /** What we aim at: the middle one of few who wait, behind the leader. */
    static final long LAG_AIM_NANOS = 1_000_000;

    /** What we aim at: how much wider than bare writing. */
    static final double RATIO_AIM = 1.5;

    private static final String CACHE = "weir";

    public SpreadResult {
        rounds = List.copyOf(rounds);
    }

    /**
     * One round, in nanoseconds.
     *
     * @param lag from the leader's first byte to the first byte of the middle one of those who waited
     * @param gateway from the earliest first byte to the one that 99 in a hundred did not exceed
     * @param bare the same from the bare server
     * @param requests the most that reached the origin for one page
     */
    public record Round(long lag, long gateway, long bare, int requests) {
        /** How much wider than bare writing. */
        public double ratio() {
            return (double) gateway / Math.max(1, bare);
        }

        /** All of it in one line. */
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "median waiter %+d µs behind the leader   spread: gateway %s, bare %s, ratio %.2f%s",
                    lag / 1_000,
                    Percentiles.time(gateway / 1_000),
                    Percentiles.time(bare / 1_000),
                    ratio(),
                    requests > 1 ? "   " + requests + " ORIGIN REQUESTS" : "");
        }
    }

    /**
     * Takes the times out of what three crowds saw.
     *
     * @param requests the most that reached the origin for one page
     * @throws IllegalStateException if one of the clients has no good answer, for then the times mean nothing
     */
    public static Round round(Crowd.Outcome few, Crowd.Outcome many, Crowd.Outcome bare, int requests) {
        return new Round(lag(few.sightings()), spread(many.sightings()), spread(bare.sightings()), requests);
    }

    private static long lag(List<Sighting> sightings) {
        requireGood(sightings);
        Quantiles leader = Quantiles.of(sightings.stream()
                .filter(one -> one.isLeader(CACHE))
                .map(Sighting::firstByteAt)
                .toList());
        Quantiles waiters = Quantiles.of(sightings.stream()
                .filter(one -> !one.isLeader(CACHE))
                .map(Sighting::firstByteAt)
                .toList());
        if (leader.count() == 0) {
            throw new IllegalStateException("no client led: the page was not cold");
        }
        return waiters.median() - leader.at(0);
    }

    private static long spread(List<Sighting> sightings) {
        requireGood(sightings);
        Quantiles times =
                Quantiles.of(sightings.stream().map(Sighting::firstByteAt).toList());
        return times.at(0.99) - times.at(0);
    }

    private static void requireGood(List<Sighting> sightings) {
        sightings.stream().filter(one -> !one.isGood()).findFirst().ifPresent(bad -> {
            throw new IllegalStateException(
                    "a client has no good answer: status " + bad.status() + " " + bad.failure());
        });
    }

    /** The median over all rounds, in nanoseconds. */
    public long lag() {
        return median(rounds.stream().map(Round::lag).toList());
    }

    /** The median over all rounds, in nanoseconds. */
    public long gateway() {
        return median(rounds.stream().map(Round::gateway).toList());
    }

    /** The median over all rounds, in nanoseconds. */
    public long bare() {
        return median(rounds.stream().map(Round::bare).toList());
    }

    /** The medians' ratio. */
    public double ratio() {
        return (double) gateway() / Math.max(1, bare());
    }

    /** No page was asked for more than once at the origin. The times decide nothing: they are the machine's as well. */
    public boolean isGood() {
        return rounds.stream().allMatch(round -> round.requests() <= 1);
    }

    private static long median(List<Long> values) {
        return Quantiles.of(values).median();
    }

    /** What is aimed at and what came of it, in two lines. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "spread: medians of %d rounds%n  %-12s %+d µs, half of %d behind the leader (aim: at most 1,000): %s%n"
                        + "  %-12s gateway %s, bare %s, ratio %.2f, first to p99 of %,d (aim: at most 1.5): %s%n",
                rounds.size(),
                "waiters",
                lag() / 1_000,
                few,
                lag() <= LAG_AIM_NANOS ? "reached" : "MISSED",
                "spread",
                Percentiles.time(gateway() / 1_000),
                Percentiles.time(bare() / 1_000),
                ratio(),
                many,
                ratio() <= RATIO_AIM ? "reached" : "MISSED");
    }
}
