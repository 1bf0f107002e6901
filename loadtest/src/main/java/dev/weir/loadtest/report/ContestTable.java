package dev.weir.loadtest.report;

import dev.weir.loadtest.rig.Memory;
import dev.weir.loadtest.rig.Scene;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A contest as Markdown: a table for each scene, with the medians over all rounds. */
public final class ContestTable {
    private static final String SHARED_HEAD = """
            | | origin requests | leader | waiters p50 | waiters p99 | spread | last byte | not exact | peak memory |
            |---|---|---|---|---|---|---|---|---|
            """;
    private static final String UNSHARED_HEAD = """
            | | origin requests | most at once | last client answered | worst round | not exact | someone else's |
            |---|---|---|---|---|---|---|
            """;

    private ContestTable() {}

    /** The tables, each with a line that says what was played. */
    public static String of(ContestResult result) {
        return result.scenes().stream().map(scene -> table(result, scene)).collect(Collectors.joining("\n"));
    }

    private static String table(ContestResult result, Scene scene) {
        StringBuilder text = new StringBuilder(title(result, scene)).append("\n\n");
        text.append(scene.isShareable() ? SHARED_HEAD : UNSHARED_HEAD);
        for (ContestResult.Entrant entrant : result.entrants()) {
            String name = entrant.isWeir() ? entrant.name() : entrant.name() + " " + entrant.version();
            List<RoundResult> rounds = result.of(scene, entrant.name());
            text.append(row(name, scene.isShareable() ? shared(rounds) : unshared(rounds)));
        }
        int columns = scene.isShareable() ? 8 : 6;
        for (String absent : result.absent()) {
            text.append(row(absent + ", not installed", " | ".repeat(columns - 1)));
        }
        return text.toString();
    }

    private static String title(ContestResult result, Scene scene) {
        int rounds = result.of(scene, result.entrants().get(0).name()).size();
        ContestResult.Setting setting = result.setting();
        int clients = scene.isShareable() ? setting.shared() : Math.min(setting.shared(), setting.unshared());
        String over = String.format(Locale.ROOT, "%,d clients, median of %d rounds:", clients, rounds);
        return switch (scene) {
            case PAGE -> "A page that all may share, first byte after 200 ms; " + over;
            case CHUNKED -> "The same page in eight chunks 50 ms apart; " + over;
            case PRIVATE -> "An answer that turns out private, a different one for each, after 200 ms; " + over;
        };
    }

    private static String shared(List<RoundResult> rounds) {
        return String.join(
                " | ",
                requests(rounds),
                time(ContestResult.median(rounds, round -> round.times().leader())),
                time(ContestResult.median(rounds, round -> round.times().p50())),
                time(ContestResult.median(rounds, round -> round.times().p99())),
                time(ContestResult.median(rounds, round -> round.times().spread())),
                time(ContestResult.median(rounds, round -> round.times().last())),
                notExact(rounds),
                memory(rounds));
    }

    private static String unshared(List<RoundResult> rounds) {
        long atOnce =
                rounds.stream().mapToLong(r -> r.atOrigin().atOnce()).max().orElse(0);
        long worst = rounds.stream().mapToLong(r -> r.times().last()).max().orElse(0);
        long strangers = rounds.stream().mapToLong(r -> r.answers().strangers()).sum();
        return String.join(
                " | ",
                requests(rounds),
                Long.toString(atOnce),
                time(ContestResult.median(rounds, round -> round.times().last())),
                time(worst),
                notExact(rounds),
                Long.toString(strangers));
    }

    private static String requests(List<RoundResult> rounds) {
        return rounds.stream()
                .map(round -> Integer.toString(round.atOrigin().requests()))
                .collect(Collectors.joining(", "));
    }

    private static String notExact(List<RoundResult> rounds) {
        long not = rounds.stream()
                .mapToLong(round -> round.answers().all() - round.answers().good())
                .sum();
        return Long.toString(not);
    }

    private static String memory(List<RoundResult> rounds) {
        Memory peak = rounds.get(rounds.size() - 1).memory();
        String resident = peak.resident() == Memory.UNKNOWN ? "not told" : mebibytes(peak.resident()) + " resident";
        return peak.heaps().isEmpty()
                ? resident
                : "heaps " + peak.heaps().stream().map(ContestTable::mebibytes).collect(Collectors.joining(", ")) + "; "
                        + resident;
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private static String time(long nanos) {
        return Percentiles.time(nanos / 1_000);
    }

    private static String row(String name, String cells) {
        return "| " + name + " | " + cells + " |\n";
    }
}
