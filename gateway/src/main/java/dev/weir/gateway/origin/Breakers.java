package dev.weir.gateway.origin;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The circuit breaker around one origin. */
final class Breakers {

    private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);

    private static final int WINDOW_CALLS = 50;
    private static final int FEWEST_CALLS = 20;
    private static final float FAILURE_PERCENT = 50;
    private static final Duration OPEN_FOR = Duration.ofSeconds(2);
    private static final int TRIAL_CALLS = 3;

    private Breakers() {}

    /** Closed, with nothing learned; it says in the log when it opens and closes. */
    static CircuitBreaker of(String origin) {
        CircuitBreaker breaker = CircuitBreaker.of(origin, config());
        breaker.getEventPublisher()
                .onStateTransition(event -> LOG.warn(
                        "Origin {}: breaker {}",
                        origin,
                        event.getStateTransition().getToState().name().toLowerCase(Locale.ROOT)));
        return breaker;
    }

    private static CircuitBreakerConfig config() {
        return CircuitBreakerConfig.custom()
                // Outcomes are recorded on event loops: the default window takes a lock, on which they would wait for
                // one another
                .slidingWindow(
                        WINDOW_CALLS,
                        FEWEST_CALLS,
                        SlidingWindowType.COUNT_BASED,
                        SlidingWindowSynchronizationStrategy.LOCK_FREE)
                .failureRateThreshold(FAILURE_PERCENT)
                .waitDurationInOpenState(OPEN_FOR)
                .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS)
                .automaticTransitionFromOpenToHalfOpenEnabled(false)
                .ignoreException(thrown -> thrown instanceof OriginFailure failure
                        && !failure.kind().isOriginsOwn())
                .build();
    }
}
