package dev.weir.ssr.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PurgeQueueTest {
    private final PurgeQueue queue = new PurgeQueue(2, () -> "merged");

    private static PurgeEvent event(String id, String tag) {
        return new PurgeEvent(id, Set.of(tag), "test");
    }

    @Test
    void keepsTheOrder() {
        queue.add(event("1", "a"));
        queue.add(event("2", "b"));

        assertThat(queue.first()).isEqualTo(event("1", "a"));
        queue.removeFirst();
        assertThat(queue.first()).isEqualTo(event("2", "b"));
    }

    @Test
    @DisplayName("past the bound the last event takes the new tags in, under a new id; the first one stays as it is")
    void merges() {
        queue.add(event("1", "a"));
        queue.add(event("2", "b"));
        queue.add(event("3", "c"));
        queue.add(event("4", "b"));

        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.merged()).isEqualTo(2);
        assertThat(queue.first()).isEqualTo(event("1", "a"));
        queue.removeFirst();
        assertThat(queue.first()).isEqualTo(new PurgeEvent("merged", Set.of("b", "c"), "several changes"));
    }

    @Test
    void needsRoomForOneInFlightAndOneToMergeInto() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PurgeQueue(1, () -> ""));
    }
}
