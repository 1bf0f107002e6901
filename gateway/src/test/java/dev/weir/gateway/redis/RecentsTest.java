package dev.weir.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.purge.Standing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a replica without standing may still use, by the moments that its heartbeats mark. */
class RecentsTest {

    private static final long AGE = 5_000;
    private static final long BEAT = 1_000;
    private static final long RENEWED = 2 * BEAT;

    private final Recents recents = new Recents(Duration.ofNanos(AGE));

    private void ticks(int count) {
        for (int i = 1; i <= count; i++) {
            recents.tick(i, i * BEAT);
        }
    }

    private Standing at(long nanos) {
        return new Standing(Row.NO_RUN, 0, 0).with(recents.until(nanos, RENEWED));
    }

    @Test
    void nothingBeforeTheFirstHeartbeat() {
        assertThat(at(1).mayShare(Long.MAX_VALUE, 1)).isFalse();
        assertThat(at(1).mayShare(0, 1)).isFalse();
    }

    @Test
    void whatBeganLessThanMaxAgeAgoUntilTheNextHeartbeatIsSure() {
        ticks(10);
        Standing standing = at(10 * BEAT);

        assertThat(standing.mayShare(7, 10 * BEAT)).isTrue();
        assertThat(standing.mayShare(6, 10 * BEAT))
                .as("would be too old before two heartbeats are over")
                .isFalse();
    }

    @Test
    void aPausedProcessFindsOutThatItIsOver() {
        ticks(10);
        Standing standing = at(10 * BEAT);

        assertThat(standing.mayShare(10, 7 * BEAT + AGE - 1)).isTrue();
        assertThat(standing.mayShare(10, 7 * BEAT + AGE)).isFalse();
    }

    @Test
    void storedOnesOnlyWhilePurgesWaitForThisReplica() {
        ticks(10);
        assertThat(at(10 * BEAT).recent().registeredUntilNanos())
                .as("never in the registry")
                .isLessThanOrEqualTo(10 * BEAT);

        recents.confirmed(9 * BEAT);

        long until = at(10 * BEAT).recent().registeredUntilNanos();
        assertThat(until).isEqualTo(9 * BEAT + 11 * AGE).isLessThan(9 * BEAT + Registry.FORGOTTEN_AFTER * AGE);
    }
}
