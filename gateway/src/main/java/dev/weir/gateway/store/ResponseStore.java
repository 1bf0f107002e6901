package dev.weir.gateway.store;

import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.CacheRules;
import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Parts;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Trust;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.PurgeLog;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Both tiers as one. Whatever comes out or goes in is judged by the invalidation log first: a response fetched before a
 * purge that names it never becomes findable, from whichever tier or fetch it comes.
 */
public final class ResponseStore {

    private static final long MOST_PASSED = 10_000;

    /** After this the whole is tried again: the origin may have changed its mind. */
    private static final Duration PASSED_FOR = Duration.ofMinutes(2);

    private final MemoryTier memory;
    private final SharedTier shared;
    private final Generations generations;
    private final PurgeLog log;
    private final LongSupplier nanoTime;
    private final SameSearches searches = new SameSearches();

    /** Keys whose whole is too large to store: who wants a part of it is better served by the origin's own 206. */
    private final Markers<CacheKey, Boolean> passed = new Markers<>(MOST_PASSED);

    /** Both tiers, by the clock that standing is granted by. */
    public ResponseStore(MemoryTier memory, SharedTier shared, Generations generations, PurgeLog log) {
        this(memory, shared, generations, log, System::nanoTime);
    }

    /** The same by another clock, which counts ns from anywhere. */
    public ResponseStore(
            MemoryTier memory, SharedTier shared, Generations generations, PurgeLog log, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.memory = memory;
        this.shared = shared;
        this.generations = generations;
        this.log = log;
    }

    /** What memory has for this request, or null; hard-purged responses do not exist. */
    public @Nullable Held inMemory(CacheKey key, Request upstream, String rulesHash) {
        Held found = memory.find(key, upstream);
        if (found == null) {
            found = underOtherSearch(key, upstream);
        }
        if (found == null || !found.terms().rulesHash().equals(rulesHash)) {
            return null;
        }
        if (trust(found.stored()) == Trust.GONE) {
            memory.remove(found.stored());
            return null;
        }
        return found;
    }

    /** All that memory has for this key under these rules, whatever the variant. */
    public List<StoredResponse> inMemory(CacheKey key, String rulesHash) {
        return memory.all(key).stream()
                .filter(stored -> stored.provenance().rulesHash().equals(rulesHash))
                .toList();
    }

    /** A response to another query that says of itself that it answers this one too (No-Vary-Search). */
    private @Nullable Held underOtherSearch(CacheKey key, Request upstream) {
        CacheKey home = searches.home(key);
        Held found = home == null ? null : memory.find(home, upstream);
        if (found == null || found.stored().status() == 206 || !SameSearches.isSame(found.stored(), key)) {
            return null;
        }
        // Its own selectors don't have this URL: a purge of it must not be missed
        Set<Selector> asked = Set.of(new Selector(Selector.Kind.URL, key.url()));
        LogPosition fetched = found.stored().provenance().position();
        return generations.struckSince(asked, fetched) ? null : found;
    }

    /**
     * What the shared tier has for this request, promoted into memory. Its age goes on from where it was, so its lifetime
     * is what remains.
     *
     * @return empty for a miss of any kind; never fails. Without standing the tier is not asked.
     */
    public Mono<StoredResponse> inShared(CacheKey key, Request upstream, CacheRules rules) {
        if (!hasStanding()) {
            return Mono.empty();
        }
        return shared.find(key, upstream)
                .filter(found -> found.key().equals(key)
                        && found.provenance().rulesHash().equals(rules.hash())
                        && trust(found) != Trust.GONE)
                .doOnNext(found -> {
                    memory.promote(Held.of(found, rules));
                    learn(found);
                });
    }

    /** What the log says of a stored response at this moment. */
    public Trust trust(StoredResponse stored) {
        return generations.trust(stored, log.standing(), nanoTime.getAsLong());
    }

    /**
     * Stores into memory and offers to the shared tier.
     *
     * @param rules that it is stored under
     * @param keep how long it may be of use: freshness and all windows beyond it
     * @return false when a purge has struck it since its fetch began: it is then stored nowhere
     */
    public boolean put(StoredResponse stored, CacheRules rules, Duration keep) {
        return put(stored, rules, keep, () -> {});
    }

    /**
     * The same.
     *
     * @param over runs once, on any thread, when other replicas can find it or it is known that they will not
     */
    public boolean put(StoredResponse stored, CacheRules rules, Duration keep, Runnable over) {
        if (generations.struckSince(
                stored.provenance().selectors(), stored.provenance().position())) {
            over.run();
            return false;
        }
        memory.put(Held.of(stored, rules));
        learn(stored);
        if (keep.isNegative() || keep.isZero()) {
            over.run();
        } else {
            shared.put(stored, keep.toMillis(), over);
        }
        return true;
    }

    /**
     * Stores a part, joined to what memory has of the same representation (RFC 9111 §3.4) if nothing has struck that
     * since. Never in place of the whole.
     *
     * @return what is stored: that part, a larger one, or the whole; null when a purge has struck it since its fetch began,
     *     or it brings too little
     */
    public @Nullable StoredResponse putPart(StoredResponse part, CacheRules rules, Duration keep) {
        StoredResponse earlier = memory.part(part.key(), part.variant());
        StoredResponse held = earlier != null && isUsable(earlier, rules) ? earlier : null;
        if (held != null && Parts.isTooLittle(held, part)) {
            return null;
        }
        StoredResponse both = held == null ? null : Parts.combine(held, part);
        StoredResponse largest = both != null && both.body().bytes() <= rules.maxObjectBytes() ? both : part;
        return put(largest, rules, keep) ? largest : null;
    }

    private boolean isUsable(StoredResponse stored, CacheRules rules) {
        return stored.provenance().rulesHash().equals(rules.hash()) && trust(stored) == Trust.VALID;
    }

    /** A part speaks of itself alone. */
    private void learn(StoredResponse stored) {
        if (stored.status() != 206) {
            searches.learn(stored);
        }
    }

    /** Whether other replicas could find a response with a body of so many bytes. */
    public boolean isForOthers(long bodyBytes) {
        return shared.takes(bodyBytes);
    }

    /** Notes that the response of that key was too large to store, or is for one client alone. */
    public void notePassed(CacheKey key) {
        passed.set(key, Boolean.TRUE, PASSED_FOR);
    }

    /** Whether such a response was seen lately under that key; a hint. */
    public boolean isPassed(CacheKey key) {
        return passed.get(key) != null;
    }

    /** Exchanges a response in memory for the same one in more codings. */
    public void exchange(StoredResponse present, StoredResponse next) {
        memory.exchange(present, next);
    }

    /** Drops one response from memory. */
    public void remove(StoredResponse gone) {
        memory.remove(gone);
    }

    /** Whether one who asks now may have what is being fetched since that moment: nothing can have struck it meanwhile. */
    public boolean isCurrent(Set<Selector> selectors, long moment) {
        return generations.isCurrent(selectors, moment) && log.standing().mayShare(moment, nanoTime.getAsLong());
    }

    /** Whether this replica may rely on what it knows of purges, at this moment. */
    public boolean hasStanding() {
        return log.standing().holdsAt(nanoTime.getAsLong());
    }

    /** All that memory has for a key; for people. */
    public List<StoredResponse> memory(CacheKey key) {
        return memory.all(key);
    }

    /** What the shared tier has, as it is and without promoting it; for people. Empty without standing; never fails. */
    public Mono<StoredResponse> peekShared(CacheKey key, Request upstream) {
        return hasStanding() ? shared.find(key, upstream) : Mono.empty();
    }

    /** The seq of the last purge that named this selector, or another that shares its slot; 0 for none. */
    public long lastStruck(Selector selector) {
        return generations.lastStruck(selector);
    }

    /** The fields that responses of this key are known to vary by. */
    public List<String> learnedFields(CacheKey key) {
        return memory.learnedFields(key);
    }
}
