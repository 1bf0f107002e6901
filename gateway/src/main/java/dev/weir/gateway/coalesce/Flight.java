package dev.weir.gateway.coalesce;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One shared fetch. It belongs to the gateway, not to the client that caused it: no client's leaving, slowness or
 * cancellation touches the others.
 *
 * <p><b>Shape.</b> A head, given once, and an append-only list of chunks that ends with an end or an error. Everyone who
 * joins is a {@link Member} with a cursor of its own into the list, so a late joiner starts with what is there already
 * and a slow one holds nobody up.
 *
 * <p><b>States.</b> Before the head; after it, <em>spooled</em> (the whole body stays in the list until the last member
 * is done with it: it is also what gets stored) or, once {@link #closeAndSlide} was called, <em>sliding</em>: nobody joins
 * any more, the list is dropped behind the slowest member and the producer is held to a window of bytes ahead of it.
 *
 * <p><b>Threads.</b> One producer at a time calls {@code head}, {@code append}, {@code end}, {@code fail} (in practice the
 * event loop of the origin's connection). Members come and go on any thread. The producer links a chunk with a volatile
 * write and then wakes the parked; a member that finds nothing parks first and looks again afterwards, so no chunk is
 * missed. Each member is fed on its own executor, which is its connection's event loop.
 *
 * <p><b>Leaving.</b> {@code members} counts down as members leave; at zero {@code onAbandoned} runs, each time that it
 * happens, and says whether the rest is still worth fetching.
 *
 * @param <H> what the head is; the flight does not look into it
 */
public final class Flight<H> {

    /** A place in the list; the first one holds no chunk. */
    static final class Node {
        final byte[] chunk;
        volatile @Nullable Node next;

        Node(byte[] chunk) {
            this.chunk = chunk;
        }
    }

    /**
     * How it ended: with a failure, or well where that is null.
     *
     * @param whole all chunks in one piece; null where nobody had that at hand
     */
    @SuppressWarnings("ArrayRecordComponent") // the bytes themselves, for many to read and nobody to write
    record End(@Nullable Throwable failure, byte @Nullable [] whole) {}

    /** What came first, a head or a failure in its place. */
    record Landed<T>(@Nullable T head, @Nullable Throwable failure) {}

    private final long moment;
    private final Parked forHead = new Parked();
    private final Patience patience = new Patience();
    private final Parked forChunk = new Parked();
    private final AtomicReference<@Nullable Landed<H>> head = new AtomicReference<>();
    private final AtomicInteger members = new AtomicInteger();
    private final AtomicInteger aboard;
    private final Set<Member<H>> attached = ConcurrentHashMap.newKeySet();

    /** Where a new member starts; null once nobody may join. */
    private volatile @Nullable Node start = new Node(new byte[0]);

    private volatile Node last = Objects.requireNonNull(start);
    private final AtomicReference<@Nullable End> end = new AtomicReference<>();
    private final AtomicLong produced = new AtomicLong();
    private volatile long window = Long.MAX_VALUE;
    private volatile Runnable onAbandoned = () -> {};
    private volatile Runnable onRoom = () -> {};

    /**
     * A flight that nobody has joined.
     *
     * @param moment when it began, as its owner counts
     * @param aboard the members of all flights together; this one adds its own
     */
    Flight(long moment, AtomicInteger aboard) {
        this.moment = moment;
        this.aboard = aboard;
    }

    /** When this flight began, as its owner counts: what was struck later must not be undone by joining it. */
    public long moment() {
        return moment;
    }

    /**
     * Joins; O(1) whatever the number of members.
     *
     * @param loop where this member's signals are delivered
     * @return null when nobody may join any more
     */
    @Nullable Member<H> join(Executor loop) {
        Node from = start;
        if (from == null) {
            return null;
        }
        Member<H> member = new Member<>(this, from, loop);
        members.incrementAndGet();
        aboard.incrementAndGet();
        attached.add(member);
        if (start == null) { // closed in between; the closer may have counted without us
            member.leave();
            return null;
        }
        return member;
    }

    /**
     * What to do when the last member leaves, each time that it happens, on any thread; at once if none is here now.
     * It may run twice for one leaving.
     */
    public void onAbandoned(Runnable action) {
        this.onAbandoned = action;
        if (isAbandoned()) { // they left before, and nobody would say so again
            action.run();
        }
    }

    /** Whether head and body are both over and done. */
    public boolean isLanded() {
        return end.get() != null;
    }

    /** Whether its head has come, or a failure in its place. */
    public boolean hasHead() {
        return head.get() != null;
    }

    public boolean isAbandoned() {
        return members.get() == 0;
    }

    public int memberCount() {
        return members.get();
    }

    /** Gives the head to all who wait for it; the first call counts. */
    public void head(H value) {
        land(new Landed<>(value, null));
    }

    private void land(Landed<H> landed) {
        if (head.compareAndSet(null, landed)) {
            patience.stop();
            forHead.wakeAll();
        }
    }

    public void append(byte[] chunk) {
        if (chunk.length > 0) {
            link(chunk);
            forChunk.wakeAll();
        }
    }

    private void link(byte[] chunk) {
        Node node = new Node(chunk);
        produced.addAndGet(chunk.length);
        last.next = node;
        last = node;
    }

    /** The body is complete. Nobody joins after this. */
    public void end() {
        finish(new End(null, null));
    }

    /**
     * The body is complete with this chunk. All who wait are woken once, for the chunk and the end together.
     *
     * @param lastChunk may be empty
     * @param whole all chunks in one piece, for those who have read none yet; null where it is not at hand
     */
    public void end(byte[] lastChunk, byte @Nullable [] whole) {
        if (lastChunk.length > 0) {
            link(lastChunk);
        }
        finish(new End(null, whole));
    }

    /** Ends head and body, whichever is still open, with that failure. */
    public void fail(Throwable failure) {
        land(new Landed<>(null, failure));
        finish(new End(failure, null));
    }

    private void finish(End how) {
        if (end.compareAndSet(null, how)) {
            start = null;
            forChunk.wakeAll();
        }
    }

    /** From now on nobody joins; those who have joined stay. */
    public void close() {
        start = null;
    }

    /**
     * Closes, and tells whether nobody is aboard: then nobody ever will be. Who joined at the last moment keeps the flight
     * going, for those who have joined alone.
     */
    public boolean closeIfDeserted() {
        start = null; // first: whoever joins now counts himself, looks again and leaves
        return isAbandoned();
    }

    /**
     * From now on nobody joins, chunks are dropped once all have read them, and the producer is to fetch no more than
     * {@code windowBytes} ahead of the slowest.
     *
     * @param onRoom runs when there may be room again; on any thread, more often than needed
     */
    public void closeAndSlide(long windowBytes, Runnable onRoom) {
        this.onRoom = onRoom;
        this.window = windowBytes;
        start = null;
    }

    /** Whether the producer may fetch on. */
    public boolean hasRoom() {
        if (window == Long.MAX_VALUE) {
            return true;
        }
        long made = produced.get();
        for (Member<H> member : attached) {
            if (made - member.consumed() >= window) {
                return false;
            }
        }
        return true;
    }

    /**
     * Notes who holds the producer up now.
     *
     * @param why what those are told who are cut
     * @return to be run later: cuts those of them who have not read a byte since
     */
    public Runnable cutIfUnmoved(Throwable why) {
        long made = produced.get();
        Map<Member<H>, Long> then = new HashMap<>();
        for (Member<H> member : attached) {
            long consumed = member.consumed();
            if (made - consumed >= window) {
                then.put(member, consumed);
            }
        }
        return () -> then.forEach((member, consumed) -> member.cutUnlessMoved(consumed, why));
    }

    @Nullable Landed<H> landedHead() {
        return head.get();
    }

    void parkForHead(Executor loop, Parked.Sleeper sleeper) {
        forHead.park(loop, sleeper);
    }

    /** Has that wait fail when it has lasted for so long. */
    void limitWait(HeadWait<H> wait, Duration longest) {
        patience.limit(wait, longest);
    }

    void parkForChunk(Executor loop, Parked.Sleeper sleeper) {
        forChunk.park(loop, sleeper);
    }

    @Nullable End ended() {
        return end.get();
    }

    /**
     * A member has moved on from there, or has left. Only one that held the producer up can have made room: were all to
     * say so, each chunk would have every member looked at once for each of them.
     *
     * @param consumed how far it had read; what it has read since is counted already. A producer that does not see that
     *     yet has still to add to what it has produced, and looks again afterwards.
     */
    void movedFrom(long consumed) {
        if (produced.get() - consumed >= window) {
            onRoom.run();
        }
    }

    void left(Member<H> member) {
        attached.remove(member);
        aboard.decrementAndGet();
        if (members.decrementAndGet() == 0) {
            onAbandoned.run();
        } else {
            movedFrom(member.consumed());
        }
    }
}
