package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Flight;
import dev.weir.gateway.coalesce.Lease;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.policy.BodyTag;
import dev.weir.gateway.policy.StoredResponse;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * Receives a body that is to be stored: hands each chunk on to the flight as it comes and keeps all of them.
 *
 * <p>The chunk that completes the promised length is held back until the response is stored, so that no client has the
 * last byte before the next request can find it. A body that outgrows the route's bound, or all flights' together, is no
 * longer kept: the flight takes no more members and slides along with those it has.
 *
 * <p><b>Threads.</b> Signals come one at a time from the origin's connection; {@link #more} also from readers.
 */
final class Filling extends BaseSubscriber<byte[]> {

    private static final long WINDOW_BYTES = 1024 * 1024;

    /** No more than this is fetched for nobody. */
    private static final long FEW_BYTES = 1024 * 1024;

    /** A whole body up to here goes to each reader in one piece: it is no more than one write takes at once. */
    private static final int SMALL_BYTES = 64 * 1024;

    private static final byte[] NOTHING = new byte[0];

    private final OriginFetch.Plan plan;
    private final ResponseHead head;
    private final StoredResponse.Times times;
    private final StoredResponse.Provenance provenance;
    private final Landing landing;
    private final Flight<Arrival> flight;
    private final long promised;
    private final Holdup holdup;

    private @Nullable ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final @Nullable BodyTag tag;
    private volatile long came;
    private byte @Nullable [] heldBack;

    /** What the account of bytes in flight holds of this body: until no reader needs the flight's chunks any more. */
    private final AtomicLong taken = new AtomicLong();

    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicInteger wip = new AtomicInteger();
    private volatile boolean sliding;
    private volatile boolean abandoned;

    Filling(
            OriginFetch.Plan plan,
            ResponseHead head,
            StoredResponse.Times times,
            StoredResponse.Provenance provenance,
            Landing landing) {
        this.plan = plan;
        this.head = head;
        this.times = times;
        this.provenance = provenance;
        this.landing = landing;
        this.flight = plan.flight();
        this.holdup = landing.holdup(plan);
        this.promised = promisedLength(head);
        this.tag = head.status() != 206 && BodyTag.isNeeded(head.headers()) ? new BodyTag() : null;
    }

    OriginFetch.Plan plan() {
        return plan;
    }

    /** The head as it came. */
    ResponseHead received() {
        return head;
    }

    /** The head of the whole body; to be asked for once it is there. */
    ResponseHead head() {
        return tag == null ? head : tag.on(head);
    }

    StoredResponse.Times times() {
        return times;
    }

    StoredResponse.Provenance provenance() {
        return provenance;
    }

    /** Content-Length, or -1 where there is none that could be held against it. */
    static long promisedLength(ResponseHead head) {
        String length = head.headers().first("content-length");
        return length == null || !length.matches("\\d{1,18}") ? -1 : Long.parseLong(length);
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        landing.watch(this);
        more();
    }

    @Override
    protected void hookOnNext(byte[] chunk) {
        asked.set(false);
        long now = came + chunk.length; // written by this thread alone
        came = now;
        keep(chunk);
        if (promised < 0 && now > FEW_BYTES && now - chunk.length <= FEW_BYTES) {
            landing.watch(this); // it has become more than it was when they left
        }
        if (now == promised) {
            heldBack = chunk;
        } else {
            flight.append(chunk);
        }
        more();
    }

    private void keep(byte[] chunk) {
        ByteArrayOutputStream spool = kept;
        if (spool == null) {
            return;
        }
        taken.addAndGet(chunk.length);
        boolean small = came <= plan.rules().maxObjectBytes();
        boolean fits = landing.take(chunk.length) && small;
        if (abandoned) {
            giveBack(); // meanwhile, on another thread
            return;
        }
        if (fits) {
            spool.write(chunk, 0, chunk.length);
            if (tag != null) {
                tag.add(chunk);
            }
            return;
        }
        kept = null;
        landing.outgrown(this, small ? Lease.Ending.GIVEN_UP : Lease.Ending.NOT_SHAREABLE);
        sliding = true;
        flight.closeAndSlide(WINDOW_BYTES, this::more);
        flight.onAbandoned(this::abandon);
    }

    /** Asks for the next chunk if there is room and none has been asked for. */
    private void more() {
        if (wip.getAndIncrement() != 0) {
            return;
        }
        do {
            if (asked.get()) {
                continue; // looking for room is looking at all readers, and each of them comes by here for each chunk
            }
            boolean slides = sliding;
            if (slides && !flight.hasRoom()) {
                holdup.noticed();
                continue;
            }
            if (slides) {
                giveBack(); // the slowest is within the window: no more than that is in memory
            }
            if (asked.compareAndSet(false, true)) {
                request(1);
            }
        } while (wip.decrementAndGet() != 0);
    }

    @Override
    protected void hookOnComplete() {
        if (promised >= 0 && came != promised) {
            hookOnError(Landing.lengthMismatch(plan.target().origin().name(), promised, came));
            return;
        }
        byte[] whole = kept == null ? null : kept.toByteArray();
        if (whole != null) {
            landing.landed(this, whole);
        }
        kept = null;
        boolean small = whole != null && whole.length <= SMALL_BYTES;
        flight.end(heldBack == null ? NOTHING : heldBack, small ? whole : null);
        flight.onAbandoned(this::giveBack);
    }

    @Override
    protected void hookOnError(Throwable failure) {
        ByteArrayOutputStream spool = kept;
        kept = null;
        landing.crashed(this, spool == null ? null : spool.toByteArray(), failure);
        flight.onAbandoned(this::giveBack);
    }

    /** Whether more is to come than is worth fetching for nobody. */
    boolean isUseless() {
        return promised < 0 ? came > FEW_BYTES : promised - came > FEW_BYTES;
    }

    /** Nobody reads it, and it won't be stored. On any thread. */
    void abandon() {
        abandoned = true;
        cancel();
        landing.crashed(this, null, Landing.abandoned(plan.target().origin().name()));
        giveBack();
    }

    private void giveBack() {
        landing.giveBack(taken.getAndSet(0));
    }
}
