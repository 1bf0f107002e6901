package dev.weir.gateway.purge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

class InvalidationsTest {

    /** A log whose writes end when the test says so. */
    private static final class SlowLog implements PurgeLog {

        final List<Purge> asked = new ArrayList<>();
        final Deque<Sinks.One<LogPosition>> open = new ArrayDeque<>();

        @Override
        public Mono<LogPosition> record(Purge purge) {
            return Mono.defer(() -> {
                asked.add(purge);
                Sinks.One<LogPosition> answer = Sinks.one();
                open.add(answer);
                return answer.asMono();
            });
        }

        void succeed() {
            open.remove().tryEmitValue(new LogPosition("", asked.size()));
        }

        void fail() {
            open.remove().tryEmitError(new NotRecordedException("away"));
        }

        @Override
        public Mono<List<ReplicaState>> awaitApplied(LogPosition position, Duration atMost) {
            return Mono.never();
        }

        @Override
        public Mono<List<ReplicaState>> replicas() {
            return Mono.never();
        }

        @Override
        public Standing standing() {
            return Standing.unending("");
        }
    }

    private final SlowLog log = new SlowLog();
    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final Generations generations = new Generations(new LogPosition("", 0));
    private final Invalidations invalidations = new Invalidations(generations, log, timer);
    private int released;

    private static Selector page(int number) {
        return new Selector(Selector.Kind.URL, "http://a.test/" + number);
    }

    private void strike(int number) {
        invalidations
                .strike(Purge.Mode.VALIDATE, List.of(page(number)), "POST /" + number)
                .subscribe(nothing -> {}, failure -> {}, () -> released++);
    }

    @Test
    void itHoldsHereBeforeItIsRecorded() {
        LogPosition before = generations.now();

        strike(1);

        assertThat(generations.struckSince(Set.of(page(1)), before)).isTrue();
        assertThat(generations.struckSince(Set.of(page(1)), generations.now())).isFalse();
        assertThat(released).isZero();
        log.succeed();
        assertThat(released).isEqualTo(1);
    }

    @Test
    void whatComesDuringAWriteIsTheNextOne() {
        for (int i = 0; i < 200; i++) {
            strike(i);
        }
        log.succeed();
        log.succeed();

        assertThat(log.asked).hasSize(2);
        assertThat(log.asked.get(1).selectors()).hasSize(199);
        assertThat(released).isEqualTo(200);
    }

    @Test
    void aFailureReleasesAllAndIsTriedAgainUnderTheSameId() {
        strike(1);
        strike(2);
        log.fail();
        assertThat(released).isEqualTo(2);
        strike(3);
        assertThat(released).as("nobody waits for a log that is away").isEqualTo(3);
        assertThat(log.asked).hasSize(1);

        timer.advanceTimeBy(Duration.ofSeconds(1));
        log.fail();
        timer.advanceTimeBy(Duration.ofSeconds(1));
        log.succeed();
        log.succeed();

        assertThat(log.asked).hasSize(4);
        assertThat(log.asked.subList(0, 3)).containsOnly(log.asked.get(0));
        assertThat(log.asked.get(3).selectors()).containsExactly(page(2), page(3));
        strike(4);
        assertThat(released).as("it is waited for again").isEqualTo(3);
    }

    @Test
    void whatOutgrowsABatchBecomesAPurgeOfEverything() {
        strike(0);
        for (int i = 0; i <= Purge.MAX_SELECTORS; i++) {
            strike(i);
        }
        LogPosition before = generations.now();
        strike(1);
        log.succeed();

        assertThat(log.asked.get(1).selectors()).contains(Selector.ALL).hasSizeLessThan(10);
        assertThat(generations.struckSince(Set.of(page(70_000), Selector.ALL), before))
                .isTrue();
    }

    @Test
    void nothingIsTriedAfterTheEnd() {
        strike(1);
        log.fail();
        invalidations.close();

        timer.advanceTimeBy(Duration.ofSeconds(5));
        strike(2);

        assertThat(log.asked).hasSize(1);
        assertThat(released).isEqualTo(2);
    }
}
