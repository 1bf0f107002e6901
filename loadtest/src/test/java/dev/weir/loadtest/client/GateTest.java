package dev.weir.loadtest.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GateTest {

    @Test
    void opensForAllWhenTheLastHasArrivedAndNotBefore() {
        Gate gate = new Gate(3);
        AtomicInteger released = new AtomicInteger();
        for (int client = 0; client < 3; client++) {
            gate.opening().doOnTerminate(released::incrementAndGet).subscribe();
        }

        gate.arrive();
        gate.arrive();
        assertThat(released).hasValue(0);

        gate.arrive();
        assertThat(released).hasValue(3);
    }
}
