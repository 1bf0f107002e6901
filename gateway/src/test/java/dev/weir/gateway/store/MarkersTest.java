package dev.weir.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Each note has a life of its own and no longer one. */
class MarkersTest {

    private final AtomicLong now = new AtomicLong();
    private final Markers<String, String> markers = new Markers<>(100, now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void aNoteLastsForItsOwnLife() {
        markers.set("long", "a", Duration.ofSeconds(60));
        markers.set("short", "b", Duration.ofSeconds(1));

        pass(Duration.ofMillis(999));
        assertThat(markers.get("short")).isEqualTo("b");
        pass(Duration.ofMillis(1));
        assertThat(markers.get("short")).isNull();
        pass(Duration.ofSeconds(58));
        assertThat(markers.get("long")).isEqualTo("a");
        pass(Duration.ofSeconds(1));
        assertThat(markers.get("long")).isNull();
    }

    @Test
    void readingDoesNotProlongItAndWritingDoes() {
        markers.set("key", "a", Duration.ofSeconds(10));
        pass(Duration.ofSeconds(9));
        assertThat(markers.get("key")).isEqualTo("a");
        pass(Duration.ofSeconds(1));
        assertThat(markers.get("key")).isNull();

        markers.set("key", "b", Duration.ofSeconds(10));
        pass(Duration.ofSeconds(9));
        markers.set("key", "c", Duration.ofSeconds(10));
        pass(Duration.ofSeconds(9));

        assertThat(markers.get("key")).isEqualTo("c");
    }

    @Test
    void forgettingTellsWhetherThereWasSomething() {
        markers.set("key", "a", Duration.ofSeconds(10));

        assertThat(markers.clear("key")).isTrue();

        assertThat(markers.get("key")).isNull();
        assertThat(markers.clear("key")).isFalse();
    }
}
