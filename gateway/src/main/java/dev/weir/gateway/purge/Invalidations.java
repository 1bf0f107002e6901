package dev.weir.gateway.purge;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Invalidations that must not be lost, whatever becomes of the log: they hold in this replica before anything else
 * happens, and are tried again until they are recorded for the others.
 *
 * <p>One write at a time. What comes meanwhile is gathered, by mode, into the next, so that two hundred changes at once
 * cost a few writes. After a failure nobody waits any more: callers go on with what holds here, and the same write, under
 * the same id, is tried again each second. A batch that outgrows its bound becomes one purge of everything.
 *
 * <p>Threads: any may call; the batches are guarded by this object's lock, held for some additions. The log is subscribed
 * to and callers are released outside of it. A batch is struck under the lock, so that none is written with a part
 * missing.
 */
public final class Invalidations implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Invalidations.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Characters of the selectors of one batch; well below what the log takes as one entry. */
    private static final int MAX_CHARACTERS = 1 << 20;

    private static final class Batch {
        final String id = Purge.newId();
        final Purge.Mode mode;
        final String cause;
        final Set<Selector> selectors = new LinkedHashSet<>();
        final Sinks.Empty<Void> tried = Sinks.empty();
        private int characters;

        Batch(Purge.Mode mode, String cause) {
            this.mode = mode;
            this.cause = cause;
        }

        void add(Collection<Selector> more) {
            for (Selector selector : more) {
                if (selectors.add(selector)) {
                    characters += selector.value().length();
                }
            }
            if (selectors.size() > Purge.MAX_SELECTORS || characters > MAX_CHARACTERS) {
                selectors.clear();
                selectors.add(Selector.ALL);
                characters = 0;
            }
        }

        Purge purge() {
            return new Purge(id, mode, List.copyOf(selectors), cause);
        }
    }

    private final Generations generations;
    private final PurgeLog log;
    private final Scheduler timer;
    private final Map<Purge.Mode, Batch> gathering = new EnumMap<>(Purge.Mode.class);
    private final Sinks.Empty<Void> end = Sinks.empty();
    private boolean writing;
    private boolean failing;
    private boolean closed;

    /**
     * None yet.
     *
     * @param timer for the pauses between tries
     */
    public Invalidations(Generations generations, PurgeLog log, Scheduler timer) {
        this.generations = generations;
        this.log = log;
        this.timer = timer;
    }

    /**
     * Strikes here, at once and whether or not anybody subscribes, and records it for the others.
     *
     * @param cause free text for people; of the first one where several are recorded together
     * @return ends when it is recorded or a try has failed; never fails
     */
    public Mono<Void> strike(Purge.Mode mode, Collection<Selector> selectors, String cause) {
        Batch batch;
        boolean wait;
        synchronized (this) {
            batch = gathering.computeIfAbsent(mode, each -> new Batch(mode, cause));
            batch.add(selectors);
            generations.strike(
                    batch.selectors.contains(Selector.ALL)
                            ? new Purge(batch.id, mode, List.of(Selector.ALL), cause)
                            : new Purge(batch.id, mode, List.copyOf(selectors), cause));
            wait = !failing && !closed;
        }
        writeNext();
        return wait ? batch.tried.asMono() : Mono.empty();
    }

    /** Ends the tries. What is struck stays struck here. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        end.tryEmitEmpty();
    }

    private void writeNext() {
        Batch next = takeNext();
        if (next != null) {
            write(next, next.purge());
        }
    }

    private synchronized @Nullable Batch takeNext() {
        if (writing || closed || gathering.isEmpty()) {
            return null;
        }
        Batch next = gathering.remove(gathering.keySet().iterator().next());
        writing = next != null;
        return next;
    }

    /** Owner of what is under way: this object, until it is closed. */
    private void write(Batch batch, Purge purge) {
        log.record(purge)
                .doOnError(failure -> notRecorded(batch, failure))
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, PAUSE).scheduler(timer))
                .takeUntilOther(end.asMono())
                .subscribe(at -> recorded(batch, purge, at), fault -> LOG.error("Invalidations have stopped", fault));
    }

    private void recorded(Batch batch, Purge purge, LogPosition at) {
        generations.recorded(purge.id(), at);
        synchronized (this) {
            writing = false;
            if (failing) {
                LOG.info("Invalidations are recorded again");
            }
            failing = false;
        }
        batch.tried.tryEmitEmpty();
        writeNext();
    }

    private void notRecorded(Batch batch, Throwable failure) {
        List<Batch> told = new ArrayList<>();
        boolean first;
        synchronized (this) {
            first = !failing;
            failing = true;
            told.add(batch);
            told.addAll(gathering.values());
        }
        if (first) {
            LOG.warn(
                    "Invalidations hold in this replica only, until they can be recorded: {}",
                    failure instanceof PurgeLog.NotRecordedException ? failure.getMessage() : failure);
        }
        told.forEach(each -> each.tried.tryEmitEmpty());
    }
}
