package dev.weir.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.Purge;
import dev.weir.gateway.purge.Standing;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogFoldTest {

    private static final SyncAnswer.Roll NO_ROWS = new SyncAnswer.Roll(Map.of(), false);

    private static final Duration MAX_AGE = Duration.ofSeconds(5);
    private static final Selector TAG = new Selector(Selector.Kind.TAG, "posts");

    private final Generations generations = new Generations(new LogPosition("", 0));
    private final LogFold fold = new LogFold(generations, MAX_AGE);

    @Test
    void anEmptyLogGrantsStandingFromTheSendingTime() {
        fold.fold(answer("a", "", "0-0"), 1_000);

        assertThat(fold.standing().untilNanos()).isEqualTo(1_000 + MAX_AGE.toNanos());
        assertThat(fold.standing().covers(new LogPosition("a", 0))).isTrue();
        assertThat(fold.standing().covers(new LogPosition("b", 0))).isFalse();
    }

    @Test
    void noStandingBeforeTheEndThatTheAnswerNamed() {
        fold.fold(answer("a", "", "7-0", "5-0"), 1_000);
        assertThat(fold.standing().run()).isNotEqualTo("a");

        fold.fold(answer("a", "", "7-0", "6-0", "7-0"), 2_000);
        assertThat(fold.standing().run()).isEqualTo("a");
        assertThat(generations.applied()).isEqualTo(new LogPosition("a", StreamId.seq("7-0")));
    }

    @Test
    void aPartialReadDoesNotProlongStanding() {
        fold.fold(answer("a", "", "0-0"), 1_000);
        fold.fold(answer("a", "", "7-0", "5-0"), 9_000);

        assertThat(fold.standing().untilNanos()).isEqualTo(1_000 + MAX_AGE.toNanos());
    }

    @Test
    void anotherRunIsReadFromItsBeginningAndCoversNothingOfBefore() {
        fold.fold(answer("a", "", "5-0", "5-0"), 1_000);

        assertThat(fold.fold(answer("b", "", "3-0", "3-0"), 2_000)).isTrue();

        assertThat(fold.standing().covers(new LogPosition("a", StreamId.seq("5-0"))))
                .isFalse();
        assertThat(generations.applied()).isEqualTo(new LogPosition("b", StreamId.seq("3-0")));
        assertThat(generations.struckSince(Set.of(TAG), new LogPosition("a", StreamId.seq("4-0"))))
                .as("known purges are kept")
                .isTrue();
    }

    @Test
    void anotherRunEndsStandingEvenIfItCantBeReadToTheEndYet() {
        fold.fold(answer("a", "", "5-0", "5-0"), 1_000);
        fold.fold(answer("b", "", "9-0", "3-0"), 2_000);

        assertThat(fold.standing().holdsAt(System.nanoTime())).isFalse();
        assertThat(fold.standing().run()).isEqualTo(Row.NO_RUN);
    }

    @Test
    void aHeadLostBeforeItWasReadIsAGap() {
        fold.fold(answer("a", "", "5-0", "5-0"), 1_000);
        fold.fold(answer("a", "8-0", "9-0", "8-0", "9-0"), 2_000);

        assertThat(fold.standing().covers(new LogPosition("a", StreamId.seq("5-0"))))
                .isFalse();
        assertThat(fold.standing().covers(new LogPosition("a", StreamId.seq("8-0"))))
                .isTrue();
        assertThat(fold.counts().gaps()).isEqualTo(1);
    }

    @Test
    void aHeadLostAfterItWasReadIsNone() {
        fold.fold(answer("a", "", "9-0", "5-0", "8-0", "9-0"), 1_000);
        fold.fold(answer("a", "8-0", "9-0"), 2_000);

        assertThat(fold.standing().covers(new LogPosition("a", StreamId.seq("5-0"))))
                .isTrue();
        assertThat(fold.counts().gaps()).isZero();
    }

    @Test
    void aLogTrimmedToNothingIsAGapUpToItsEnd() {
        fold.fold(answer("a", "", "5-0", "5-0"), 1_000);
        fold.fold(answer("a", "9-0", "9-0"), 2_000);

        assertThat(fold.standing().covers(new LogPosition("a", StreamId.seq("5-0"))))
                .isFalse();
        assertThat(generations.applied()).isEqualTo(new LogPosition("a", StreamId.seq("9-0")));
        assertThat(fold.standing().covers(generations.applied())).isTrue();
    }

    @Test
    void whatBeganBeforeAGapIsNotToBeShared() {
        fold.fold(answer("a", "", "5-0", "5-0"), 1_000);
        long before = generations.now().moment();

        fold.fold(answer("a", "9-0", "9-0"), 2_000);

        assertThat(generations.isCurrent(Set.of(TAG), before)).isFalse();
        assertThat(generations.isCurrent(Set.of(TAG), generations.now().moment()))
                .isTrue();
    }

    @Test
    void anEntryThatCantBeReadStrikesEverything() {
        fold.fold(
                new SyncAnswer(
                        "a",
                        0,
                        "5-0",
                        List.of(new SyncAnswer.Entry("5-0", new byte[] {9, 9})),
                        new SyncAnswer.Roll(Map.of(), false)),
                1_000);

        assertThat(generations.struckSince(Set.of(Selector.ALL), 0L)).isTrue();
    }

    @Test
    void whatIsRecentOutlivesStandingWhateverBecameOfTheLog() {
        fold.fold(answer("a", "", "5-0", "5-0"), 1_000);
        fold.tick(2_000, 10);
        long moment = generations.now().moment();
        fold.fold(answer("b", "", "9-0", "3-0"), 3_000);

        long later = 2_000 + MAX_AGE.toNanos() - 1;
        assertThat(fold.standing().run()).isEqualTo(Row.NO_RUN);
        assertThat(fold.standing().mayShare(moment, later)).isTrue();
        assertThat(fold.standing().mayShare(moment, later + 1)).isFalse();

        fold.end();
        assertThat(fold.standing().mayShare(moment, later)).isFalse();
    }

    @Test
    void whatBeganBeforeAGapIsNeitherSharedNorRecentAfterIt() {
        long day = Duration.ofDays(1).toNanos();
        fold.fold(answer("a", "", "5-0", "5-0"), day);
        fold.tick(day, 1);
        long before = generations.now().moment();
        assertThat(fold.standing().recent().moment()).isEqualTo(before);

        fold.fold(answer("a", "8-0", "8-0", "8-0"), day + 1);

        assertThat(generations.isCurrent(Set.of(TAG), before)).isFalse();
        assertThat(fold.standing().recent()).isEqualTo(Standing.Recent.NONE);
        assertThat(generations.isCurrent(Set.of(TAG), generations.now().moment()))
                .isTrue();
    }

    @Test
    void whatBeganBeforeANewRunThatHadLostItsHeadIsNotRecentAfterIt() {
        fold.fold(answer("a", "", "5-0", "5-0"), 1_000);
        fold.tick(1_000, 1);

        fold.fold(answer("b", "8-0", "8-0"), 2_000);

        assertThat(fold.standing().recent()).isEqualTo(Standing.Recent.NONE);
    }

    private static SyncAnswer answer(String run, String first, String last, String... ids) {
        byte[] payload = PurgeCodec.encode(new Purge("p", Purge.Mode.VALIDATE, List.of(TAG), ""));
        return new SyncAnswer(
                run,
                first.isEmpty() ? 0 : StreamId.seq(first),
                last,
                Arrays.stream(ids).map(id -> new SyncAnswer.Entry(id, payload)).toList(),
                NO_ROWS);
    }
}
