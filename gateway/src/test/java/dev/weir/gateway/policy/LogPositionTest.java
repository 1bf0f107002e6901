package dev.weir.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A place in the invalidation log")
class LogPositionTest {

    private final LogPosition own = new LogPosition("run", 7, 3);

    @Test
    @DisplayName("has a moment of this process only where this process noted it")
    void foreign() {
        assertThat(own.isForeign()).isFalse();
        assertThat(new LogPosition("run", 7, 0).isForeign()).isFalse();
        assertThat(own.shared().isForeign()).isTrue();
        assertThat(own.shared()).isEqualTo(new LogPosition("run", 7));
    }

    @Test
    @DisplayName("is of the same run by its name alone")
    void run() {
        assertThat(own.isSameRun(new LogPosition("run", 9))).isTrue();
        assertThat(own.isSameRun(new LogPosition("other", 7, 3))).isFalse();
    }
}
