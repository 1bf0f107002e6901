package dev.weir.gateway.coalesce;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Reads a member's body as far as it asks, and notes every breach of the rules of Reactive Streams. */
final class Reader extends BaseSubscriber<byte[]> {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final LongSupplier askAfterChunk;
    private Runnable afterwards = () -> {};
    private long mayCome;

    /** Completes with the end, the failure or the cancellation. */
    final CompletableFuture<Void> over = new CompletableFuture<>();

    volatile boolean ended;
    volatile @Nullable Throwable failure;
    volatile @Nullable String breach;

    /**
     * A reader that has not begun.
     *
     * @param askAfterChunk how many more to ask for after each chunk
     */
    Reader(LongSupplier askAfterChunk) {
        this.askAfterChunk = askAfterChunk;
    }

    /** Reads that member's body, so many chunks for now. */
    static Reader of(Member<?> member, long demand) {
        Reader reader = new Reader(() -> 0);
        member.body().subscribe(reader);
        reader.ask(demand);
        return reader;
    }

    synchronized byte[] bytes() {
        return bytes.toByteArray();
    }

    /** Runs that with the signal that ends the reading. */
    void whenOver(Runnable action) {
        afterwards = action;
    }

    String text() {
        return new String(bytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    boolean isOver() {
        return ended || failure != null;
    }

    private void finished() {
        afterwards.run();
        over.complete(null);
    }

    void ask(long more) {
        if (more > 0) {
            synchronized (this) {
                mayCome = more == Long.MAX_VALUE ? more : mayCome + more;
            }
            request(more);
        }
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        // asks when told to
    }

    @Override
    protected void hookOnNext(byte[] chunk) {
        synchronized (this) {
            if (isOver()) {
                breach = "a chunk after the end";
            }
            if (--mayCome < 0) {
                breach = "a chunk that nobody asked for";
            }
            bytes.writeBytes(chunk);
        }
        ask(askAfterChunk.getAsLong());
    }

    @Override
    protected void hookOnComplete() {
        breach = isOver() ? "two ends" : breach;
        ended = true;
        finished();
    }

    @Override
    protected void hookOnError(Throwable thrown) {
        breach = isOver() ? "two ends" : breach;
        failure = thrown;
        finished();
    }

    @Override
    protected void hookOnCancel() {
        finished();
    }
}
