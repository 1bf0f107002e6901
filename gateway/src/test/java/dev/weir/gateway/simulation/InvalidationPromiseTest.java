package dev.weir.gateway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

/**
 * {@code -Dweir.simulation.histories=1000000} runs that many, {@code -Dweir.simulation.seed=42} with
 * {@code -Dweir.simulation.histories=1} replays one.
 */
@DisplayName("After a purge is answered with applied nobody gets what was fetched before")
class InvalidationPromiseTest {

    private static final int HISTORIES = Integer.getInteger("weir.simulation.histories", 10_000);
    private static final long FIRST_SEED = Long.getLong("weir.simulation.seed", 1L);

    /** So many have the average of all. */
    private static final int ENOUGH = 500;

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.weir.gateway");
    private static Level before = Level.INFO;

    @BeforeAll
    static void quietly() {
        before = LOG.getEffectiveLevel();
        LOG.setLevel(Level.OFF);
        Schedulers.setFactory(new SimulatedTime());
    }

    @AfterAll
    static void asItWas() {
        Schedulers.resetFactory();
        LOG.setLevel(before);
    }

    @Test
    @DisplayName("whatever happens to Redis, the network and the replicas meanwhile")
    void holds() {
        long answers = 0;
        long applied = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            History.Outcome outcome = History.of(seed, HISTORIES == 1);
            assertThat(outcome.violations())
                    .as(() -> History.of(outcome.seed(), true).inWords())
                    .isEmpty();
            answers += outcome.answers();
            applied += outcome.applied();
            if (HISTORIES == 1) {
                System.out.println(outcome.inWords());
            }
        }
        if (HISTORIES >= ENOUGH) {
            // Where nothing happens every promise is kept, and so it is where no purge is ever answered with applied
            assertThat(answers).isGreaterThan(HISTORIES * 20L);
            assertThat(applied).isGreaterThan(HISTORIES * 2L);
        }
    }
}
