package dev.weir.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.purge.PurgeLog.ReplicaState;
import dev.weir.gateway.purge.PurgeLog.ReplicaState.Status;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryTest {

    private static final Duration MAX_AGE = Duration.ofSeconds(5);
    private static final long AGE = MAX_AGE.toNanos();
    private static final LogPosition POSITION = new LogPosition("run", StreamId.seq("1000-0"));

    private final Registry registry = new Registry(MAX_AGE);

    @Test
    void whoReportedThePositionHasApplied() {
        registry.update("run", Map.of("r", "run 1000-0 1003 1 words here"), 0);

        assertThat(registry.states(POSITION, 1)).containsExactly(new ReplicaState("r", Status.APPLIED, POSITION, 3));
    }

    @Test
    void whoFollowsAnotherRunIsOpen() {
        registry.update("run", Map.of("r", "other 2000-0 2003 1 words"), 0);

        assertThat(status(1)).isEqualTo(Status.OPEN);
    }

    @Test
    void fencedOnlyOnceEveryStandingFromBeforeTheFirstSightHasEnded() {
        registry.update("run", Map.of("r", "run 9-0 9 1 words"), 100);

        assertThat(status(100 + AGE)).isEqualTo(Status.OPEN);
        assertThat(status(100 + AGE + AGE / 50)).isEqualTo(Status.FENCED);
    }

    @Test
    void aHeartbeatStartsTheCountAnew() {
        registry.update("run", Map.of("r", "run 9-0 9 1 words"), 0);
        registry.update("run", Map.of("r", "run 9-0 9 2 words"), AGE);

        assertThat(status(AGE + AGE / 2)).isEqualTo(Status.OPEN);
    }

    @Test
    void theSameRowSeenAgainDoesNot() {
        registry.update("run", Map.of("r", "run 9-0 9 1 words"), 0);
        registry.update("run", Map.of("r", "run 9-0 9 1 words"), AGE);

        assertThat(status(2 * AGE)).isEqualTo(Status.FENCED);
    }

    @Test
    void whoHadARowInALostRegistryIsWaitedFor() {
        registry.update("run", Map.of("r", "run 9-0 9 1 words", "me", "run 9-0 9 1 words"), 0);
        registry.lost();
        registry.update("run", Map.of("me", "run 9-0 9 2 words"), 1);

        assertThat(status(AGE / 2)).isEqualTo(Status.OPEN);
        assertThat(status(2 * AGE)).isEqualTo(Status.FENCED);
    }

    @Test
    void aRowThatWasNotLostAfterAllIsForgottenInTheEnd() {
        registry.update("run", Map.of("r", "run 9-0 9 1 words"), 0);
        registry.lost();
        registry.update("run", Map.of("r", "run 9-0 9 1 words"), 1);

        assertThat(registry.forgotten(20 * AGE)).isNotNull();
    }

    @Test
    void withoutAQuestionSinceThePurgeNobodyIsFenced() {
        registry.update("run", Map.of("r", "run 9-0 9 1 words"), 0);

        assertThat(registry.unproven(POSITION)).extracting(ReplicaState::status).containsExactly(Status.OPEN);
    }

    @Test
    void aRowThatCantBeReadIsOpenWhileItChanges() {
        registry.update("run", Map.of("r", "later version 1"), 0);
        registry.update("run", Map.of("r", "later version 2"), AGE);

        assertThat(status(2 * AGE)).isEqualTo(Status.OPEN);
        assertThat(status(3 * AGE)).isEqualTo(Status.FENCED);
    }

    @Test
    void onlyWhoWasSilentForLongIsForgotten() {
        registry.update("run", Map.of("r", "run 9-0 9 1 words"), 0);

        assertThat(registry.forgotten(2 * AGE)).isNull();
        assertThat(registry.forgotten(20 * AGE)).isEqualTo(new Registry.Forgotten("r", "run 9-0 9 1 words"));
    }

    private Status status(long sentNanos) {
        return registry.states(POSITION, sentNanos).get(0).status();
    }

    @Test
    void aPurgeWaitsForAsLongAsAnIsolatedReplicaMayUseWhatItFetchedBefore() {
        registry.update("run", Map.of("r", "run 9-0 9 1 words"), 0);

        long recorded = 10 * AGE;
        assertThat(registry.statesFor(POSITION, recorded, recorded + AGE))
                .extracting(ReplicaState::status)
                .containsExactly(Status.OPEN);
        assertThat(registry.statesFor(POSITION, recorded, recorded + AGE + AGE / 50))
                .extracting(ReplicaState::status)
                .containsExactly(Status.FENCED);
    }

    @Test
    void whoseRowWasLostWithTheLogIsWaitedFor() {
        registry.update("run", Map.of("r", "run 9-0 9 1 words", "gone", "run 9-0 9 1 words"), 0);
        registry.update("run", Map.of("r", "run 9-0 9 2 words"), 1);
        registry.update("other", Map.of("me", "other 0-0 9 1 words"), 2);
        registry.update("other", Map.of("me", "other 0-0 9 2 words"), 3);

        assertThat(registry.states(new LogPosition("other", 0), 4))
                .extracting(ReplicaState::replica, ReplicaState::status)
                .containsExactlyInAnyOrder(tuple("me", Status.APPLIED), tuple("r", Status.OPEN));
        assertThat(registry.forgotten(20 * AGE))
                .as("it has no row")
                .isNotNull()
                .extracting("replica")
                .isEqualTo("me");
    }

    @Test
    void whoseLostRowComesBackIsAsTheNewRowSays() {
        registry.update("run", Map.of("r", "run 9-0 9 1 words"), 0);
        registry.update("other", Map.of(), 1);
        registry.update("other", Map.of("r", "other 0-0 9 2 words"), 2);
        registry.update("other", Map.of(), 3);

        assertThat(registry.states(new LogPosition("other", 0), 4))
                .as("it has left")
                .isEmpty();
    }

    @Test
    void whoseLostRowStaysAwayIsForgottenInTheEnd() {
        registry.update("run", Map.of("r", "run 9-0 9 1 words"), 0);
        registry.update("other", Map.of(), 1);
        registry.update("other", Map.of(), 20 * AGE);

        assertThat(registry.states(new LogPosition("other", 0), 20 * AGE)).isEmpty();
    }
}
