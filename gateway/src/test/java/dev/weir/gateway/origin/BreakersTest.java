package dev.weir.gateway.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** What the breaker around an origin learns from, and that nobody waits for it. */
class BreakersTest {

    /** Under BlockHound, which ends whoever waits on a thread that must not. */
    @Test
    void eventLoopsThatRecordAtOnceDoNotWaitForOneAnother() {
        CircuitBreaker breaker = Breakers.of("blog");
        Scheduler loops = Schedulers.newParallel("recording", 4);
        try {
            Flux<Void> all = Flux.range(0, 4)
                    .flatMap(loop -> Mono.<Void>fromRunnable(() -> {
                                for (int i = 0; i < 50_000; i++) {
                                    breaker.onSuccess(1, TimeUnit.MICROSECONDS);
                                }
                            })
                            .subscribeOn(loops));

            StepVerifier.create(all).expectComplete().verify(Duration.ofSeconds(60));
        } finally {
            loops.dispose();
        }
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void opensWhenHalfOfTheCallsFailByTheOriginsOwnFault() {
        CircuitBreaker breaker = Breakers.of("blog");

        for (int i = 0; i < 10; i++) {
            breaker.onSuccess(1, TimeUnit.MICROSECONDS);
            breaker.onError(1, TimeUnit.MICROSECONDS, new OriginFailure(OriginFailure.Kind.REFUSED, "blog", ""));
        }

        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void staysClosedWhateverTheGatewayItselfRefuses() {
        CircuitBreaker breaker = Breakers.of("blog");

        for (int i = 0; i < 50; i++) {
            breaker.onError(1, TimeUnit.MICROSECONDS, new OriginFailure(OriginFailure.Kind.SATURATED, "blog", ""));
        }

        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }
}
