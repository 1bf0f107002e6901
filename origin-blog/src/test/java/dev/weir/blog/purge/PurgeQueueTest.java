package dev.weir.blog.purge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PurgeQueueTest {
    private final PurgeQueue queue = new PurgeQueue(2, 3, tags("blog"));

    @Test
    void handsOutOneAtATimeInOrder() {
        queue.add(tags("a"), "first");
        queue.add(tags("b"), "second");
        assertThat(begin().tags()).containsExactly("a");
        assertThat(queue.begin()).isNull();
        assertThat(queue.pending()).isEqualTo(2);
        queue.finish();
        assertThat(begin().tags()).containsExactly("b");
        queue.finish();
        assertThat(queue.begin()).isNull();
        assertThat(queue.pending()).isZero();
    }

    @Test
    void mergesPastTheBoundButNeverTheOneUnderWay() {
        queue.add(tags("a"), "r");
        PurgeEvent begun = begin();
        queue.add(tags("b"), "r");
        queue.add(tags("c"), "r");
        queue.add(tags("c", "d"), "r");
        assertThat(queue.pending()).isEqualTo(2);
        assertThat(begun.tags()).containsExactly("a");
        queue.finish();
        PurgeEvent merged = begin();
        assertThat(merged.tags()).containsExactly("b", "c", "d");
        assertThat(merged.id()).isNotEqualTo(begun.id());
    }

    @Test
    void fallsToEverythingWhenTheUnionIsTooLarge() {
        queue.add(tags("a", "b"), "r");
        queue.add(tags("c"), "r");
        queue.add(tags("d"), "r");
        assertThat(begin().tags()).containsExactly("blog");
    }

    @Test
    void fallsToEverythingForOneEventThatIsTooLarge() {
        queue.add(tags("a", "b", "c", "d"), "r");
        assertThat(begin().tags()).containsExactly("blog");
    }

    private PurgeEvent begin() {
        return Objects.requireNonNull(queue.begin());
    }

    private static SortedSet<String> tags(String... tags) {
        return new TreeSet<>(Arrays.asList(tags));
    }
}
