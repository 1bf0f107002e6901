package dev.weir.gateway.purge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Trust;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The table against a model that knows everything: it keeps each purge with the tick at which it was asked for, and each
 * response with the tick at which its fetch began, here or in a replica that had read less or more of the log.
 */
class GenerationsModelTest {

    private static final int STEPS = 1_000;
    private static final List<Purge.Mode> MODES = List.of(Purge.Mode.VALIDATE, Purge.Mode.HARD, Purge.Mode.SOFT);
    private static final List<Selector> SELECTORS = List.of(
            new Selector(Selector.Kind.TAG, "a"),
            new Selector(Selector.Kind.TAG, "b"),
            new Selector(Selector.Kind.TAG, "c"),
            new Selector(Selector.Kind.TAG, "d"));

    /** One purge; {@code struckTick} is when it was struck here ahead of the log, -1 if it was not. */
    private static final class Known {
        final Purge purge;
        final int tick;
        final int struckTick;
        boolean recorded;
        String run = "";
        long seq = -1;
        int foldedTick = -1;

        Known(Purge purge, int tick, boolean struck) {
            this.purge = purge;
            this.tick = tick;
            this.struckTick = struck ? tick : -1;
        }

        boolean names(StoredResponse stored) {
            return purge.selectors().stream().anyMatch(stored.provenance().selectors()::contains);
        }
    }

    private record Begun(StoredResponse stored, int tick) {}

    private final Generations generations = new Generations(new LogPosition("", 0));
    private final List<Known> all = new ArrayList<>();
    private final List<Known> log = new ArrayList<>();
    private final List<Begun> begun = new ArrayList<>();
    private int folded;
    private int tick;
    private int runs;
    private long seq;
    private String run = "run-0";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void nothingOlderThanAPurgeIsValidAndNothingElseIsStruck(long seed) {
        Random random = new Random(seed);
        generations.advance(new LogPosition(run, 0));
        int valid = 0;
        int struck = 0;
        for (tick = 1; tick <= STEPS; tick++) {
            step(random);
            for (int i = Math.max(0, begun.size() - 12); i < begun.size(); i++) {
                Begun each = begun.get(i);
                Trust is = generations.trust(each.stored(), Standing.unending(run), 0);
                check(each, is, seed);
                assertThat(is == Trust.VALID && strikesAfter(each))
                        .as("seed %d, tick %d: valid though older than a purge", seed, tick)
                        .isFalse();
                if (is == Trust.VALID) {
                    valid++;
                } else {
                    struck++;
                }
            }
        }
        assertThat(valid).as("the history is not all strikes").isGreaterThan(STEPS / 20);
        assertThat(struck).isGreaterThan(STEPS / 20);
    }

    private void check(Begun each, Trust is, long seed) {
        var claim = assertThat(is)
                .as(
                        "seed %d, tick %d: %s begun at %d",
                        seed, tick, each.stored().provenance(), each.tick());
        if (each.stored().provenance().position().run().equals(run)) {
            claim.isEqualTo(expected(each));
        } else { // former runs share their slots, so it may be struck by more than the model says
            claim.isGreaterThanOrEqualTo(expected(each));
        }
    }

    private void step(Random random) {
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3 -> begun.add(new Begun(Fetched.at(generations.now(), some(random)), tick));
            case 4, 5, 6 -> begun.add(new Begun(Fetched.at(elsewhere(random), some(random)), tick));
            case 7 -> record(ask(random, false));
            case 8 -> ask(random, true);
            case 9 -> all.stream().filter(each -> !each.recorded).findFirst().ifPresent(this::record);
            case 13 -> {
                if (random.nextInt(20) == 0) {
                    newRun(random);
                }
            }
            default -> foldOne();
        }
    }

    private Selector[] some(Random random) {
        Set<Selector> some = new HashSet<>();
        some.add(SELECTORS.get(random.nextInt(SELECTORS.size())));
        some.add(SELECTORS.get(random.nextInt(SELECTORS.size())));
        return some.toArray(Selector[]::new);
    }

    private Known ask(Random random, boolean strike) {
        Purge.Mode mode = MODES.get(random.nextInt(MODES.size()));
        Purge purge = new Purge("p" + tick, mode, List.of(some(random)), "");
        Known known = new Known(purge, tick, strike);
        all.add(known);
        if (strike) {
            generations.strike(purge);
        }
        return known;
    }

    private void record(Known known) {
        known.recorded = true;
        known.run = run;
        known.seq = ++seq;
        log.add(known);
        if (known.struckTick >= 0) {
            generations.recorded(known.purge.id(), new LogPosition(run, seq));
        }
    }

    private void foldOne() {
        if (folded < log.size()) {
            Known next = log.get(folded++);
            next.foldedTick = tick;
            generations.apply(next.purge, new LogPosition(run, next.seq));
        }
    }

    /** All that is in the log is read before it is lost; whatever was not recorded stays to be recorded. */
    private void newRun(Random random) {
        while (folded < log.size() && random.nextInt(4) > 0) {
            foldOne();
        }
        log.clear();
        folded = 0;
        run = "run-" + ++runs;
        seq = random.nextBoolean() ? 0 : seq; // a clock that went back, or not
        generations.advance(new LogPosition(run, 0));
    }

    /** Another replica that has read anything between nothing and all of the log. */
    private LogPosition elsewhere(Random random) {
        int read = random.nextInt(log.size() + 1);
        return new LogPosition(run, read == 0 ? 0 : log.get(read - 1).seq);
    }

    /** What a purge known here does to that response, by ticks for our own fetches and by the log for others'. */
    private boolean strikes(Known known, Begun each) {
        LogPosition at = each.stored().provenance().position();
        if (!known.names(each.stored())) {
            return false;
        }
        if (!at.isForeign()) {
            int here = known.struckTick >= 0 ? known.struckTick : known.foldedTick;
            return here > each.tick();
        }
        boolean lost = known.recorded && !known.run.equals(run) && known.foldedTick < 0;
        boolean pending = known.struckTick >= 0 && known.foldedTick < 0 && !lost;
        if (pending) {
            return true;
        }
        if (known.foldedTick < 0) {
            return false;
        }
        if (known.run.equals(at.run())) {
            return known.seq > at.seq();
        }
        return known.run.equals(run) || runNumber(known.run) > runNumber(at.run()) || !isFormer(at.run());
    }

    private boolean isFormer(String name) {
        return runNumber(name) == runs - 1 || runNumber(name) == runs;
    }

    private static int runNumber(String name) {
        return Integer.parseInt(name.substring("run-".length()));
    }

    private Trust expected(Begun each) {
        boolean hard = false;
        boolean validate = !each.stored().provenance().position().run().equals(run);
        boolean soft = false;
        for (Known known : all) {
            if (strikes(known, each)) {
                hard |= known.purge.mode() == Purge.Mode.HARD;
                validate |= known.purge.mode() == Purge.Mode.VALIDATE;
                soft |= known.purge.mode() == Purge.Mode.SOFT;
            }
        }
        return hard ? Trust.GONE : validate ? Trust.VALIDATE : soft ? Trust.STALE : Trust.VALID;
    }

    /** The promise itself, apart from how it is kept: known here, and asked for after that fetch began. */
    private boolean strikesAfter(Begun each) {
        return all.stream()
                .anyMatch(known -> (known.struckTick >= 0 || known.foldedTick >= 0)
                        && known.tick > each.tick()
                        && known.names(each.stored()));
    }
}
