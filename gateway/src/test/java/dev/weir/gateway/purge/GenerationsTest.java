package dev.weir.gateway.purge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Trust;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GenerationsTest {

    private static final Selector TAG = new Selector(Selector.Kind.TAG, "posts");
    private static final long LATE_IN_A = 1_700_000_000_000L << 20;

    private final Generations generations = new Generations(new LogPosition("", 0));

    private static Purge purge(String id, Purge.Mode mode) {
        return new Purge(id, mode, List.of(TAG), "");
    }

    private Trust trust(StoredResponse stored) {
        return generations.trust(stored, Standing.unending(generations.applied().run()), 0);
    }

    @Test
    void aNewRunDoesNotKeepFormerPurgesOverWhatIsFetchedInIt() {
        generations.apply(purge("p", Purge.Mode.VALIDATE), new LogPosition("a", LATE_IN_A));
        generations.advance(new LogPosition("b", 0));

        LogPosition now = generations.now();

        assertThat(trust(Fetched.at(now, TAG))).isEqualTo(Trust.VALID);
        assertThat(trust(Fetched.at(now.shared(), TAG))).isEqualTo(Trust.VALID);
        assertThat(generations.struckSince(Set.of(TAG), now)).isFalse();
        assertThat(generations.isCurrent(Set.of(TAG), now.moment())).isTrue();
    }

    @Test
    void aFetchOfAnotherRunIsNotJoined() {
        generations.advance(new LogPosition("a", 0));
        long moment = generations.now().moment();
        assertThat(generations.isCurrent(Set.of(TAG), moment)).isTrue();

        generations.advance(new LogPosition("b", 0));

        assertThat(generations.isCurrent(Set.of(TAG), moment)).isFalse();
    }

    @Test
    void aHardPurgeReachesWhatWasFetchedUnderAnotherRunWhateverTheSeqs() {
        generations.advance(new LogPosition("a", LATE_IN_A));
        StoredResponse own = Fetched.at(generations.now(), TAG);
        StoredResponse foreign = Fetched.at(generations.applied(), TAG);
        StoredResponse older = Fetched.at(new LogPosition("z", LATE_IN_A), TAG);

        generations.apply(purge("p", Purge.Mode.HARD), new LogPosition("b", 7));
        assertThat(List.of(trust(own), trust(foreign), trust(older))).containsOnly(Trust.GONE);

        generations.advance(new LogPosition("c", 0));
        assertThat(List.of(trust(own), trust(foreign), trust(older)))
                .as("a hard purge outlives its log")
                .containsOnly(Trust.GONE);
    }

    @Test
    void whatIsFetchedAfterALocalStrikeIsCacheableAtOnceAndStaysSo() {
        StoredResponse before = Fetched.at(generations.now(), TAG);
        generations.strike(purge("p", Purge.Mode.VALIDATE));
        StoredResponse after = Fetched.at(generations.now(), TAG);

        assertThat(trust(before)).isEqualTo(Trust.VALIDATE);
        assertThat(trust(after)).isEqualTo(Trust.VALID);

        generations.apply(purge("p", Purge.Mode.VALIDATE), new LogPosition("", 5));
        assertThat(trust(after)).as("the same strike, come from the log").isEqualTo(Trust.VALID);

        generations.apply(purge("q", Purge.Mode.VALIDATE), new LogPosition("", 6));
        assertThat(trust(after)).isEqualTo(Trust.VALIDATE);
    }

    @Test
    void othersResponsesAreStruckUntilTheLogCanOrderThem() {
        StoredResponse foreign = Fetched.at(new LogPosition("", 9), TAG);
        generations.strike(purge("p", Purge.Mode.HARD));
        assertThat(trust(foreign)).isEqualTo(Trust.GONE);

        generations.apply(purge("p", Purge.Mode.HARD), new LogPosition("", 8));

        assertThat(trust(foreign)).isEqualTo(Trust.VALID);
        assertThat(trust(Fetched.at(new LogPosition("", 7), TAG))).isEqualTo(Trust.GONE);
    }

    @Test
    void aStrikeRecordedInARunThatEndedIsNotPendingForEver() {
        generations.advance(new LogPosition("a", 0));
        generations.strike(purge("kept", Purge.Mode.SOFT));
        generations.strike(purge("recorded", Purge.Mode.VALIDATE));
        generations.recorded("recorded", new LogPosition("a", 3));

        generations.advance(new LogPosition("b", 0));
        StoredResponse foreign = Fetched.at(generations.applied(), TAG);
        assertThat(trust(foreign)).as("the other one was recorded nowhere").isEqualTo(Trust.STALE);

        generations.apply(purge("kept", Purge.Mode.SOFT), new LogPosition("b", 1));
        assertThat(trust(Fetched.at(generations.applied(), TAG))).isEqualTo(Trust.VALID);
    }

    @Test
    void onlyTheSameSelectorsAndModeAreTakenForTheSameStrike() {
        generations.strike(purge("p", Purge.Mode.SOFT));
        StoredResponse stored = Fetched.at(generations.now(), TAG);

        generations.apply(purge("p", Purge.Mode.HARD), new LogPosition("", 1));

        assertThat(trust(stored)).isEqualTo(Trust.GONE);
    }

    @Test
    void whatMayHaveMissedAHardPurgeIsGone() {
        Standing afterGap = new Standing("", 5, Long.MAX_VALUE);

        assertThat(generations.trust(Fetched.at(new LogPosition("", 4), TAG), afterGap, 0))
                .isEqualTo(Trust.GONE);
        assertThat(generations.trust(Fetched.at(new LogPosition("", 5), TAG), afterGap, 0))
                .isEqualTo(Trust.VALID);
    }

    @Test
    void withoutStandingOnlyWhatThisReplicaFetchedLatelyIsUsedAsTheTableSays() {
        StoredResponse old = Fetched.at(generations.now(), TAG);
        long moment = generations.tick();
        LogPosition now = generations.now();
        Standing isolated = new Standing("", 0, 10).with(new Standing.Recent(moment, 100, 50));

        assertThat(generations.trust(old, isolated, 20)).isEqualTo(Trust.VALIDATE);
        assertThat(generations.trust(Fetched.at(now, TAG), isolated, 20)).isEqualTo(Trust.VALID);
        assertThat(generations.trust(Fetched.at(now.shared(), TAG), isolated, 20))
                .as("from another replica: nobody knows when")
                .isEqualTo(Trust.VALIDATE);
        assertThat(generations.trust(Fetched.at(now, TAG), isolated, 60))
                .as("may be forgotten")
                .isEqualTo(Trust.VALIDATE);
        assertThat(isolated.mayShare(now.moment(), 60)).isTrue();
        assertThat(isolated.mayShare(now.moment(), 100)).isFalse();

        generations.strike(purge("p", Purge.Mode.VALIDATE));
        assertThat(generations.trust(Fetched.at(now, TAG), isolated, 20)).isEqualTo(Trust.VALIDATE);
    }

    @Test
    void aTickStrikesNothing() {
        StoredResponse stored = Fetched.at(generations.now(), TAG);

        assertThat(generations.tick()).isEqualTo(generations.now().moment());

        assertThat(trust(stored)).isEqualTo(Trust.VALID);
        assertThat(generations.isCurrent(Set.of(TAG), 0)).isTrue();
    }
}
