package dev.weir.gateway.origin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.ResponseHead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** One exchange by at most two attempts: the first head wins, and nobody else's is left lying about. */
class TwoAttemptsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final List<Sinks.One<OriginResponse>> attempts = new ArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final AtomicInteger discarded = new AtomicInteger();
    private final LongAdder seconds = new LongAdder();
    private RetryBudget budget = new RetryBudget();

    private Mono<OriginResponse> exchange() {
        return new TwoAttempts(
                        () -> {
                            Sinks.One<OriginResponse> attempt = Sinks.one();
                            attempts.add(attempt);
                            return attempt.asMono().doOnCancel(cancelled::incrementAndGet);
                        },
                        PATIENCE,
                        thrown -> thrown instanceof OriginFailure failure
                                && failure.kind().isWorthAnotherAttempt(),
                        budget,
                        seconds)
                .first();
    }

    private OriginResponse response(int status) {
        return new OriginResponse(new ResponseHead(status, Headers.empty()), Flux.empty(), discarded::incrementAndGet);
    }

    private static OriginFailure failure(OriginFailure.Kind kind) {
        return new OriginFailure(kind, "blog", "");
    }

    private StepVerifier.FirstStep<Integer> verified() {
        return StepVerifier.withVirtualTime(
                () -> exchange().map(response -> response.head().status()));
    }

    @Test
    void aHeadInTimeNeedsNoSecondAttempt() {
        verified()
                .expectSubscription()
                .then(() -> attempts.get(0).tryEmitValue(response(200)))
                .expectNext(200)
                .expectComplete()
                .verify(SOON);

        assertThat(attempts).hasSize(1);
        assertThat(seconds.sum()).isZero();
    }

    @Test
    void aSlowFirstIsJoinedByASecondAndTheFirstHeadWins() {
        verified()
                .expectSubscription()
                .thenAwait(PATIENCE)
                .then(() -> attempts.get(1).tryEmitValue(response(201)))
                .expectNext(201)
                .expectComplete()
                .verify(SOON);

        assertThat(cancelled).hasValue(1);
        assertThat(seconds.sum()).isOne();
    }

    @Test
    void theSlowOneMayStillWinAndTheSecondIsCancelled() {
        verified()
                .expectSubscription()
                .thenAwait(PATIENCE)
                .then(() -> attempts.get(0).tryEmitValue(response(200)))
                .expectNext(200)
                .expectComplete()
                .verify(SOON);

        assertThat(cancelled).hasValue(1);
    }

    @Test
    void aBrokenFirstIsTriedAgainAtOnce() {
        verified()
                .expectSubscription()
                .then(() -> attempts.get(0).tryEmitError(failure(OriginFailure.Kind.BROKEN)))
                .then(() -> attempts.get(1).tryEmitValue(response(200)))
                .expectNext(200)
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void neverMoreThanTwoWhateverHappens() {
        verified()
                .expectSubscription()
                .then(() -> attempts.get(0).tryEmitError(failure(OriginFailure.Kind.BROKEN)))
                .thenAwait(PATIENCE.multipliedBy(2))
                .then(() -> attempts.get(1).tryEmitError(failure(OriginFailure.Kind.REFUSED)))
                .expectErrorMatches(thrown ->
                        thrown instanceof OriginFailure failure && failure.kind() == OriginFailure.Kind.REFUSED)
                .verify(SOON);

        assertThat(attempts).hasSize(2);
    }

    @Test
    void whatAnotherAttemptWouldNotMendFailsAtOnce() {
        verified()
                .expectSubscription()
                .then(() -> attempts.get(0).tryEmitError(failure(OriginFailure.Kind.MALFORMED)))
                .expectError(OriginFailure.class)
                .verify(SOON);

        assertThat(attempts).hasSize(1);
    }

    @Test
    void aFailureOfOneLeavesTheOtherItsChance() {
        verified()
                .expectSubscription()
                .thenAwait(PATIENCE)
                .then(() -> attempts.get(0).tryEmitError(failure(OriginFailure.Kind.RESPONSE_TIMEOUT)))
                .then(() -> attempts.get(1).tryEmitValue(response(200)))
                .expectNext(200)
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void withoutBudgetThereIsNoSecondAttempt() {
        while (budget.second()) {}

        verified()
                .expectSubscription()
                .then(() -> attempts.get(0).tryEmitError(failure(OriginFailure.Kind.BROKEN)))
                .expectError(OriginFailure.class)
                .verify(SOON);

        assertThat(attempts).hasSize(1);
    }

    @Test
    void theBudgetIsAShareOfTheFirstAttempts() {
        while (budget.second()) {}

        for (int i = 0; i < 10; i++) {
            budget.first();
        }

        assertThat(budget.second()).isTrue();
        assertThat(budget.second()).isTrue();
        assertThat(budget.second()).isFalse();
    }

    @Test
    void whoLeavesCancelsBoth() {
        verified().expectSubscription().thenAwait(PATIENCE).thenCancel().verify(SOON);

        assertThat(cancelled).hasValue(2);
    }
}
