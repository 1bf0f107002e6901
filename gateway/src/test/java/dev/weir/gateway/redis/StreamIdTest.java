package dev.weir.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StreamIdTest {

    @Test
    void seqsGrowWithIds() {
        assertThat(StreamId.seq("0-0")).isZero();
        assertThat(StreamId.seq("1700000000000-0")).isLessThan(StreamId.seq("1700000000000-1"));
        assertThat(StreamId.seq("1700000000000-1048575")).isLessThan(StreamId.seq("1700000000001-0"));
    }

    @Test
    void theClockIsInTheUpperBits() {
        assertThat(StreamId.millis(StreamId.seq("1700000000000-5"))).isEqualTo(1_700_000_000_000L);
    }

    @Test
    void anIdBeyondAllClocksStaysAboveTheOthers() {
        assertThat(StreamId.seq("18446744073709551615-1")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatIsNoIdIsRefused() {
        assertThatThrownBy(() -> StreamId.seq("12")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StreamId.seq("a-b")).isInstanceOf(IllegalArgumentException.class);
    }
}
