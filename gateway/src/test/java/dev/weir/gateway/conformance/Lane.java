package dev.weir.gateway.conformance;

import dev.weir.gateway.conformance.Row.Answer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the origin answers to one row at the moment, and what it has been asked since the step began. */
final class Lane {

    private final String id;
    private final List<Message> asked = new CopyOnWriteArrayList<>();
    private volatile List<Answer> answers = List.of();
    private volatile @Nullable Places places;
    private volatile int step;
    private volatile CountDownLatch secondHalf = new CountDownLatch(0);

    Lane(String id) {
        this.id = id;
    }

    String fill(String text) {
        Places filled = places;
        return filled == null ? text : filled.fill(text);
    }

    /** Begins a row. */
    void begin(Places now) {
        places = now;
    }

    /** Begins a step; with {@code holding} the second half of each body waits for {@link #release}. */
    void begin(int number, List<Answer> next, boolean holding) {
        step = number;
        answers = next;
        secondHalf = new CountDownLatch(holding ? 1 : 0);
        asked.clear();
    }

    /** The answer to that request; null where none is foreseen. */
    synchronized @Nullable Answer next(Message request) {
        List<Answer> all = answers;
        int index = Math.min(asked.size(), all.size() - 1);
        asked.add(request);
        return index < 0 ? null : all.get(index);
    }

    List<Message> asked() {
        return List.copyOf(asked);
    }

    /** The text that the origin sends in this step where the row gives none. */
    String body() {
        return body(step);
    }

    String body(int number) {
        return id + " by step " + number;
    }

    void release() {
        secondHalf.countDown();
    }

    void awaitSecondHalf() {
        try {
            if (!secondHalf.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody released the second half of " + id);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
