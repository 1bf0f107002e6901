package dev.weir.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private final Breaker breaker = new Breaker(3, Duration.ofNanos(100));

    @Test
    void fewFailuresAreNothing() {
        breaker.failed(0);
        breaker.failed(0);
        breaker.succeeded();
        breaker.failed(0);
        breaker.failed(0);

        assertThat(breaker.mayTry(1)).isTrue();
    }

    @Test
    void opensAfterFailuresInARowAndLetsOneProbeThroughAPause() {
        open();

        assertThat(breaker.mayTry(99)).isFalse();
        assertThat(breaker.mayTry(100)).isTrue();
        assertThat(breaker.mayTry(101)).as("one probe a pause").isFalse();
        assertThat(breaker.mayTry(200)).as("a probe that never ended").isTrue();
    }

    @Test
    void aProbeThatSucceedsClosesIt() {
        open();
        breaker.succeeded();

        assertThat(breaker.isClosed()).isTrue();
        assertThat(breaker.mayTry(1)).isTrue();
    }

    @Test
    void aProbeThatFailsKeepsItOpen() {
        open();
        breaker.mayTry(100);
        breaker.failed(150);

        assertThat(breaker.mayTry(249)).isFalse();
        assertThat(breaker.mayTry(250)).isTrue();
    }

    private void open() {
        breaker.failed(0);
        breaker.failed(0);
        breaker.failed(0);
    }
}
