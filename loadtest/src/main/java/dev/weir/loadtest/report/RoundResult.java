package dev.weir.loadtest.report;

import dev.weir.loadtest.crowd.Crowd;
import dev.weir.loadtest.crowd.Sighting;
import dev.weir.loadtest.rig.Memory;
import dev.weir.loadtest.rig.Scene;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One herd on one cold page at one contestant.
 *
 * @param memory its peaks since its start
 */
public record RoundResult(Of of, AtOrigin atOrigin, Times times, Answers answers, Memory memory) {

    /**
     * Which round.
     *
     * @param round counted from 1; a warm-up is 0 or less
     * @param cache the contestant's name in Cache-Status
     */
    public record Of(Scene scene, int round, String contestant, String cache) {}

    /** The origin's own count: requests in all, and the most that were under way at once. */
    public record AtOrigin(int requests, int atOnce) {}

    /**
     * Nanoseconds since the first client asked; 0 where nobody is.
     *
     * @param released when the last client asked
     * @param leader first byte of the client whose request went to the origin; the earliest of several
     * @param p50 first byte of half of the others, who waited
     * @param p99 first byte of 99 in a hundred of them
     * @param last the last byte of the last answer
     */
    public record Times(long released, long leader, long p50, long p99, long last) {
        /** How far apart those who waited were answered. */
        public long spread() {
            return p99 - p50;
        }
    }

    /**
     * What came.
     *
     * @param good whole, 200, and every byte as expected
     * @param strangers answers for one client alone that another one got too
     * @param failure the first reason why one is not good; empty without any
     */
    public record Answers(int all, int good, int strangers, String failure) {}

    /** Sums up what the clients saw. */
    public static RoundResult of(Of of, Crowd.Outcome outcome, AtOrigin atOrigin, Memory memory) {
        List<Long> waiters = new ArrayList<>();
        long leader = Long.MAX_VALUE;
        long last = 0;
        for (Sighting sighting : outcome.sightings()) {
            if (!sighting.isGood()) {
                continue;
            }
            long firstByte = sighting.firstByteAt() - outcome.askedAt();
            if (sighting.isLeader(of.cache())) {
                leader = Math.min(leader, firstByte);
            } else {
                waiters.add(firstByte);
            }
            last = Math.max(last, sighting.wholeAt() - outcome.askedAt());
        }
        Quantiles waited = Quantiles.of(waiters);
        Times times = new Times(
                outcome.releasedNanos(), leader == Long.MAX_VALUE ? 0 : leader, waited.median(), waited.at(0.99), last);
        return new RoundResult(of, atOrigin, times, answers(of.scene(), outcome.sightings()), memory);
    }

    private static Answers answers(Scene scene, List<Sighting> sightings) {
        Set<String> serials = new HashSet<>();
        int good = 0;
        int strangers = 0;
        String failure = "";
        for (Sighting sighting : sightings) {
            if (sighting.isGood()) {
                good++;
                strangers +=
                        !scene.isShareable() && !serials.add(sighting.body().serial()) ? 1 : 0;
            } else if (failure.isEmpty()) {
                failure = reason(sighting);
            }
        }
        return new Answers(sightings.size(), good, strangers, failure);
    }

    private static String reason(Sighting sighting) {
        if (!sighting.failure().isEmpty()) {
            return sighting.failure();
        }
        return sighting.status() == 200 ? "a body with other bytes" : "status " + sighting.status();
    }

    /** All answered as they should be, and the origin asked once where once is enough. */
    public boolean isGood() {
        boolean sparing = !of.scene().isShareable() || atOrigin.requests() == 1;
        return sparing && answers.good() == answers.all() && answers.strangers() == 0;
    }

    /** All of it in one line. */
    public String line(int rounds) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%-7s %s  %-8s  origin %d (%d at once)",
                of.scene().word(),
                rounds == 0 ? "-" : of.round() + "/" + rounds,
                of.contestant(),
                atOrigin.requests(),
                atOrigin.atOnce()));
        line.append("  leader ").append(time(times.leader()));
        if (of.scene().isShareable()) {
            line.append("  waiters p50 ")
                    .append(time(times.p50()))
                    .append(" p99 ")
                    .append(time(times.p99()))
                    .append(" spread ")
                    .append(time(times.spread()));
        }
        line.append("  last ")
                .append(time(times.last()))
                .append("  asked within ")
                .append(time(times.released()));
        line.append(String.format(Locale.ROOT, "  exact %,d of %,d", answers.good(), answers.all()));
        if (answers.strangers() > 0) {
            line.append("  STRANGERS ").append(answers.strangers());
        }
        if (!answers.failure().isEmpty()) {
            line.append("  (").append(answers.failure()).append(')');
        }
        return line.toString();
    }

    private static String time(long nanos) {
        return Percentiles.time(nanos / 1_000);
    }
}
