package dev.weir.gateway.origin;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * What stands around each exchange with one origin: its breaker, and an end by which there is a head or a failure whatever
 * became of the connection's own time-outs. A signal that is lost on the way must not keep a flight, and all who wait for it,
 * for ever.
 */
final class Guard {

    private final String origin;
    private final CircuitBreaker breaker;
    private final Duration longest;

    Guard(String origin, CircuitBreaker breaker, OriginSettings.Timeouts each) {
        this.origin = origin;
        this.breaker = breaker;
        // A turn in the pool, a connection, an answer: twice
        this.longest =
                each.response().plus(each.connect()).plus(each.response()).multipliedBy(2);
    }

    /**
     * That exchange, guarded.
     *
     * @param upload how long its content may take beside
     * @return fails with {@link OriginFailure} alone
     */
    Mono<OriginResponse> around(Mono<OriginResponse> exchange, Duration upload) {
        return exchange.transformDeferred(CircuitBreakerOperator.of(breaker))
                .timeout(longest.plus(upload))
                .onErrorMap(thrown -> Failures.of(origin, thrown));
    }
}
