package dev.weir.loadtest.report;

import dev.weir.loadtest.rig.Scene;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * All counted rounds of all contestants.
 *
 * @param absent names of peers that are not installed
 */
public record ContestResult(Setting setting, List<Entrant> entrants, List<String> absent, List<RoundResult> rounds) {
    public ContestResult {
        entrants = List.copyOf(entrants);
        absent = List.copyOf(absent);
        rounds = List.copyOf(rounds);
    }

    /** How many clients where one answer serves all, and where each needs its own; how many gateways. */
    public record Setting(int shared, int unshared, int replicas) {}

    /** Who took part. */
    public record Entrant(String name, String version, boolean isWeir) {}

    /** The scenes that were played, in their order. */
    public List<Scene> scenes() {
        return rounds.stream().map(round -> round.of().scene()).distinct().toList();
    }

    /** The rounds of one contestant in one scene. */
    public List<RoundResult> of(Scene scene, String contestant) {
        return rounds.stream()
                .filter(round ->
                        round.of().scene() == scene && round.of().contestant().equals(contestant))
                .toList();
    }

    /** The median over rounds of whatever is measured. */
    static long median(List<RoundResult> rounds, ToLongFunction<RoundResult> measured) {
        return Quantiles.of(rounds.stream().mapToLong(measured).toArray()).median();
    }

    /** Weir kept its promises in every round; what the peers did is theirs. */
    public boolean isGood() {
        return entrants.stream()
                .filter(Entrant::isWeir)
                .allMatch(weir -> rounds.stream()
                        .filter(round -> round.of().contestant().equals(weir.name()))
                        .allMatch(RoundResult::isGood));
    }
}
