package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Flights;
import dev.weir.gateway.coalesce.Lease;
import dev.weir.gateway.encode.Recompressor;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.origin.OriginFailure;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.CacheRules;
import dev.weir.gateway.policy.Parts;
import dev.weir.gateway.policy.Storage;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.store.ResponseStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings flights down: what a fetch brought is stored first, then the flight ends, so that whoever has the last byte
 * finds the stored response. Also keeps the account of bytes in flight.
 */
final class Landing {

    private final ResponseStore store;
    private final Recompressor recompressor;
    private final Flights<FlightKey, Arrival> flights;
    private final FetchNotes notes;
    private final Linger linger;
    private final long maxInFlightBytes;
    private final Duration stallTimeout;
    private final AtomicLong inFlightBytes = new AtomicLong();

    Landing(
            ResponseStore store,
            Recompressor recompressor,
            Flights<FlightKey, Arrival> flights,
            FetchNotes notes,
            FlowParts.Bounds bounds) {
        this.store = store;
        this.recompressor = recompressor;
        this.flights = flights;
        this.notes = notes;
        this.linger = new Linger(notes.counts());
        this.maxInFlightBytes = bounds.maxInFlightBytes();
        this.stallTimeout = bounds.stallTimeout();
    }

    /** Lands a flight with a response that is whole already. */
    void ready(OriginFetch.Plan plan, StoredResponse stored, Arrival.Source source) {
        if (source != Arrival.Source.ORIGIN_CONFIRMED_FOR_ONE && stored.status() != 206) {
            recompressor.offer(stored, store::exchange);
        }
        flights.remove(plan.key(), plan.flight());
        plan.flight().head(new Arrival.Ready(stored, source));
        plan.flight().end();
    }

    /** Watches for all leaving that body; one that nobody ever waited for is not watched. */
    void watch(Filling filling) {
        if (!filling.plan().fetch().isUnattended()) {
            linger.whileFilling(filling.plan().flight(), filling::isUseless, filling::abandon);
        }
    }

    /** What watches over those who hold that flight up. */
    Holdup holdup(OriginFetch.Plan plan) {
        return new Holdup(plan.flight(), plan.target().origin().name(), stallTimeout);
    }

    /** What receives the body of a response that is to be stored. */
    Filling filling(
            OriginFetch.Plan plan,
            ResponseHead head,
            StoredResponse.Times times,
            StoredResponse.Provenance provenance) {
        return new Filling(plan, head, times, provenance, this);
    }

    /** The body is whole. */
    void landed(Filling filling, byte[] identity) {
        OriginFetch.Plan plan = filling.plan();
        CacheKey key = plan.key().key();
        Storage.Exchange exchange = new Storage.Exchange(plan.upstream(), filling.head(), filling.times());
        keep(
                exchange.head().status() == 206
                        ? Parts.make(key, exchange, filling.provenance(), identity, plan.rules())
                        : Storage.make(key, exchange, filling.provenance(), identity, plan.rules()),
                plan.rules(),
                () -> plan.tenure().end(Lease.Ending.STORED));
        flights.remove(plan.key(), plan.flight());
    }

    /** Stores, a part as a part; null is nothing to store. */
    void keep(@Nullable StoredResponse stored, CacheRules rules) {
        keep(stored, rules, () -> {});
    }

    /** The same; {@code over} runs once when other replicas can find it or it is known that they will not. */
    private void keep(@Nullable StoredResponse stored, CacheRules rules, Runnable over) {
        if (stored == null) {
            over.run();
            return;
        }
        Duration useful = Keep.of(stored, rules);
        StoredResponse kept = stored;
        if (stored.status() == 206) {
            kept = store.putPart(stored, rules, useful);
            over.run();
        } else if (!store.put(stored, rules, useful, over)) {
            kept = null;
        }
        if (kept != null && kept.status() != 206) {
            recompressor.offer(kept, store::exchange);
        }
    }

    /**
     * The body outgrew what may be stored; those who read it go on reading.
     *
     * @param how not to be shared the next time either where it is too large by itself; given up where the others under
     *     way have left it no room, which says nothing of the next time
     */
    void outgrown(Filling filling, Lease.Ending how) {
        OriginFetch.Plan plan = filling.plan();
        plan.tenure().end(how);
        notes.counts().outgrown.increment();
        if (how == Lease.Ending.NOT_SHAREABLE) {
            store.notePassed(plan.key().key());
            notes.notShareable(plan.key(), "too-large");
        }
        flights.remove(plan.key(), plan.flight());
    }

    /**
     * The body broke off, or was not what the head promised.
     *
     * @param start what came, if that is known: the rest may be had later (RFC 9111 §3.3)
     */
    void crashed(Filling filling, byte @Nullable [] start, Throwable failure) {
        OriginFetch.Plan plan = filling.plan();
        if (start != null) {
            Storage.Exchange exchange = new Storage.Exchange(plan.upstream(), filling.received(), filling.times());
            keep(Parts.brokenOff(plan.key().key(), exchange, filling.provenance(), start, plan.rules()), plan.rules());
        }
        plan.tenure().end(Lease.Ending.GIVEN_UP);
        flights.remove(plan.key(), plan.flight());
        plan.flight().fail(failure);
    }

    /** Takes so many bytes into the account; false when that is more than all flights together may hold. */
    boolean take(int bytes) {
        return inFlightBytes.addAndGet(bytes) <= maxInFlightBytes;
    }

    void giveBack(long bytes) {
        inFlightBytes.addAndGet(-bytes);
    }

    /** Bytes of bodies that are being fetched for storing. */
    long inFlightBytes() {
        return inFlightBytes.get();
    }

    static OriginFailure abandoned(String origin) {
        return new OriginFailure(OriginFailure.Kind.BROKEN, origin, "nobody is left to read it");
    }

    static OriginFailure lengthMismatch(String origin, long promised, long came) {
        return new OriginFailure(
                OriginFailure.Kind.BROKEN, origin, "Content-Length: " + promised + ", came: " + came + " bytes");
    }
}
