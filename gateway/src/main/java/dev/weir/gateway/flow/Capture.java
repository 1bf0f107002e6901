package dev.weir.gateway.flow;

import dev.weir.gateway.origin.OriginResponse;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Keeps a copy of a body that passes by to one client. Whole it is handed on before the client has the last byte; past
 * its bound, or the account of bytes in flight, it is dropped, and so it is when the client leaves: nothing is fetched
 * for the copy's sake.
 *
 * <p><b>Threads.</b> Signals come one at a time, from the origin's connection; the end of a cancelled body from any.
 */
final class Capture {

    private final long promised;
    private final long most;
    private final Landing account;
    private final Consumer<byte[]> whole;
    private final AtomicLong taken = new AtomicLong();
    private @Nullable ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long came;

    private Capture(long promised, long most, Landing account, Consumer<byte[]> whole) {
        this.promised = promised;
        this.most = most;
        this.account = account;
        this.whole = whole;
    }

    /**
     * The same response, its body watched.
     *
     * @param promised its length; -1 where only its end tells
     * @param most bytes to be kept
     * @param whole gets the body once, on the thread of its last byte
     */
    static OriginResponse of(
            OriginResponse response, long promised, long most, Landing account, Consumer<byte[]> whole) {
        Flux<byte[]> watched = Flux.defer(() -> {
            Capture capture = new Capture(promised, most, account, whole);
            return response.body()
                    .doOnNext(capture::next)
                    .doOnComplete(capture::end)
                    .doFinally(how -> {
                        capture.over = true;
                        capture.giveBack();
                    });
        });
        return new OriginResponse(response.head(), watched, response.discard());
    }

    private volatile boolean over;

    private void next(byte[] chunk) {
        came += chunk.length;
        ByteArrayOutputStream spool = kept;
        if (spool == null) {
            return;
        }
        taken.addAndGet(chunk.length);
        boolean fits = account.take(chunk.length);
        if (over) {
            giveBack(); // meanwhile, on the client's thread
            return;
        }
        if (!fits || came > most) {
            kept = null;
            giveBack();
            return;
        }
        spool.writeBytes(chunk);
        if (came == promised) {
            handOn(spool);
        }
    }

    private void end() {
        ByteArrayOutputStream spool = kept;
        if (spool != null && (promised < 0 || came == promised)) {
            handOn(spool);
        }
    }

    private void handOn(ByteArrayOutputStream spool) {
        kept = null;
        whole.accept(spool.toByteArray());
    }

    private void giveBack() {
        account.giveBack(taken.getAndSet(0));
    }
}
