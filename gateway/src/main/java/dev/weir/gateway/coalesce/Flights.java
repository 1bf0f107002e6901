package dev.weir.gateway.coalesce;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The flights under way, by key.
 *
 * @param <K> what may share a fetch; compared by value
 * @param <H> the head of a flight
 */
public final class Flights<K, H> {

    /**
     * The outcome of joining.
     *
     * @param started true for the one who has to get the flight going
     */
    public record Joined<H>(Member<H> member, boolean started) {}

    private final ConcurrentHashMap<K, Flight<H>> flying = new ConcurrentHashMap<>();
    private final AtomicInteger aboard = new AtomicInteger();
    private final LongSupplier now;

    /**
     * No flights yet.
     *
     * @param now counts what makes flights under way outdated; noted by each new flight as it begins
     */
    public Flights(LongSupplier now) {
        this.now = now;
    }

    /**
     * Joins the flight of that key or begins one.
     *
     * @param current whether a flight under way is still good to join; one that is not stays with those it has
     */
    public Joined<H> join(K key, Executor loop, Predicate<Flight<H>> current) {
        while (true) {
            Flight<H> flight = flying.get(key);
            if (flight != null && current.test(flight)) {
                Member<H> member = flight.join(loop);
                if (member != null) {
                    return new Joined<>(member, false);
                }
            }
            Joined<H> begun = begin(key, flight, loop);
            if (begun != null) {
                return begun;
            }
        }
    }

    private @Nullable Joined<H> begin(K key, @Nullable Flight<H> instead, Executor loop) {
        Flight<H> fresh = new Flight<>(now.getAsLong(), aboard);
        Member<H> member = fresh.join(loop);
        if (member == null) {
            return null;
        }
        boolean placed = instead == null ? flying.putIfAbsent(key, fresh) == null : flying.replace(key, instead, fresh);
        if (!placed) {
            member.leave();
            return null;
        }
        return new Joined<>(member, true);
    }

    /** Begins a flight that nobody else can find: for what is known not to be shareable. */
    public Joined<H> alone(Executor loop) {
        Flight<H> fresh = new Flight<>(now.getAsLong(), aboard);
        Member<H> member = fresh.join(loop);
        if (member == null) {
            throw new IllegalStateException("a flight that has not begun can be joined");
        }
        return new Joined<>(member, true);
    }

    /** Takes a flight off the map: it has landed, or nobody else is to join it. */
    public void remove(K key, Flight<H> flight) {
        flying.remove(key, flight);
    }

    /** How many are under way and can be found. */
    public int count() {
        return flying.size();
    }

    /** How many have joined a flight, findable or not, and have neither left nor read to its end. */
    public int memberCount() {
        return aboard.get();
    }
}
