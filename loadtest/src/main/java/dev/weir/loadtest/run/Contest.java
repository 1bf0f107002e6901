package dev.weir.loadtest.run;

import dev.weir.loadtest.crowd.Crowd;
import dev.weir.loadtest.crowd.Question;
import dev.weir.loadtest.report.ContestResult;
import dev.weir.loadtest.report.RoundResult;
import dev.weir.loadtest.rig.Contestant;
import dev.weir.loadtest.rig.Rig;
import dev.weir.loadtest.rig.Scene;
import dev.weir.loadtest.rig.ScriptedBody;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The same herd against Weir and its peers: in each round each contestant gets a page of its own that is cold, from
 * clients that are connected already. The contestants take turns, so that what else the machine does hits all of them.
 */
public final class Contest {
    private static final String HOST = "herd.test"; // RFC 6761: nobody's name

    private final ContestPlan plan;
    private final Rig rig;
    private final Consumer<String> progress;

    /**
     * Runs nothing yet.
     *
     * @param rig starts what is needed, and ends it later
     * @param progress gets a line for whatever has just been done
     */
    public Contest(ContestPlan plan, Rig rig, Consumer<String> progress) {
        this.plan = plan;
        this.rig = rig;
        this.progress = progress;
    }

    /** Starts the contestants and runs all rounds; blocks. */
    public ContestResult run() {
        List<String> absent = new ArrayList<>();
        List<Contestant> contestants = new ArrayList<>(List.of(rig.weir(plan.fleet())));
        if (plan.peers()) {
            contestants.addAll(rig.peers(plan.sizes().shared(), absent));
        }
        List<ContestResult.Entrant> entrants = contestants.stream()
                .map(one -> new ContestResult.Entrant(one.name(), one.version(), one.isWeir()))
                .toList();
        List<RoundResult> results = new ArrayList<>();
        for (Scene scene : plan.scenes()) {
            results.addAll(rounds(scene, contestants));
        }
        return new ContestResult(
                new ContestResult.Setting(
                        plan.sizes().shared(),
                        plan.sizes().unshared(),
                        plan.fleet().replicas()),
                entrants,
                absent,
                results);
    }

    private List<RoundResult> rounds(Scene scene, List<Contestant> contestants) {
        List<RoundResult> counted = new ArrayList<>();
        for (int round = 1 - plan.rounds().warmUps(); round <= plan.rounds().counted(); round++) {
            for (Contestant contestant : contestants) {
                RoundResult result = round(scene, round, contestant);
                if (round > 0) {
                    counted.add(result);
                    progress.accept(result.line(plan.rounds().counted()));
                } else {
                    progress.accept("warm-up: " + result.line(0));
                }
            }
        }
        return counted;
    }

    private RoundResult round(Scene scene, int round, Contestant contestant) {
        String path = scene.prefix() + UUID.randomUUID();
        int serialSize = scene.isShareable() ? 0 : ScriptedBody.SERIAL_SIZE;
        Question question = new Question(HOST, path, ScriptedBody.numbered(0), serialSize);
        try (Crowd crowd = new Crowd(contestant.doors(), plan.sizes().of(scene))) {
            Crowd.Outcome outcome = crowd.ask(question, plan.rounds().bound());
            RoundResult.AtOrigin atOrigin = new RoundResult.AtOrigin(
                    rig.origin().requests(path), rig.origin().mostAtOnce(path));
            RoundResult.Of of = new RoundResult.Of(scene, round, contestant.name(), contestant.cache());
            return RoundResult.of(of, outcome, atOrigin, contestant.memory());
        }
    }
}
