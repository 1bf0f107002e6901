package dev.weir.gateway.simulation;

import dev.weir.gateway.redis.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One Redis and what {@code sync.lua}, {@code record.lua} and {@code forget.lua} do on it, on plain values; and all that
 * may happen to it: it dies and comes back empty, or as a replica of itself that lacks what came last, or with all its
 * data under another run id; it is flushed, trimmed, frozen.
 */
final class RedisModel {

    /** How many writes a failover may lose. */
    private static final int LAG = 24;

    private final World world;
    private final Registrations registrations;
    private final Deque<RedisState> past = new ArrayDeque<>();
    private final List<Consumer<String>> listeners = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private RedisState state = new RedisState();
    private String runId;
    private long clockMillis;
    private final long entriesAtOnce;
    private int names;
    private boolean up = true;
    private boolean frozen;

    RedisModel(World world, Registrations registrations) {
        this.world = world;
        this.registrations = registrations;
        this.clockMillis = 1_000_000 + world.between(0, 1_000_000);
        this.entriesAtOnce = world.between(1, 4);
        this.runId = fresh("server");
    }

    boolean isUp() {
        return up;
    }

    void listen(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Runs that when the server gets to it. */
    void reach(Runnable action) {
        if (frozen) {
            waiting.add(action);
        } else {
            action.run();
        }
    }

    Object execute(Wire.Command command, List<byte[]> keys, List<byte[]> arguments) {
        Object answer = switch (command) {
            case SYNC -> sync(texts(arguments));
            case RECORD -> record(text(keys.get(1)), arguments.get(0), text(arguments.get(5)));
            case FORGET -> forget(texts(arguments));
            case HDEL -> state.rows.remove(text(arguments.get(0))) == null ? 0L : 1L;
        };
        written();
        return answer;
    }

    private Object sync(List<String> arguments) {
        RedisState.Log log = log();
        String run = runId + '.' + log.name;
        String replica = arguments.get(0);
        String was = state.rows.get(replica);
        String[] row = was == null ? new String[] {"", "", "0"} : was.split(" ", 4);
        String at = row[2];
        if (!row[0].equals(arguments.get(1)) || !row[1].equals(arguments.get(2))) {
            at = Long.toString(millis());
            publish("{weir}:applied");
        }
        state.rows.put(
                replica, String.join(" ", arguments.get(1), arguments.get(2), at, arguments.get(3), arguments.get(4)));
        registrations.confirmed(replica);
        boolean same = arguments.get(1).equals(run);
        List<Object> entries = new ArrayList<>();
        for (RedisState.Entry entry : log.entries) {
            boolean after = !same || compare(entry.id(), arguments.get(2)) > 0;
            if (after && entries.size() < entriesAtOnce) {
                entries.add(List.of(bytes(entry.id()), List.of(bytes("p"), entry.payload())));
            }
        }
        String first = log.added <= log.entries.size()
                ? ""
                : log.entries.isEmpty() ? log.last : log.entries.get(0).id();
        List<Object> rows = new ArrayList<>();
        state.rows.forEach((name, text) -> {
            rows.add(bytes(name));
            rows.add(bytes(text));
        });
        return List.of(bytes(run), bytes(first), bytes(log.last), entries, rows, was == null ? 1L : 0L);
    }

    /** An answer has arrived there. */
    void received(String replica, Object answer) {
        if (answer instanceof List<?> sync && sync.size() == 6 && sync.get(4) instanceof List<?> rows) {
            for (int i = 0; i < rows.size(); i += 2) {
                registrations.seen(replica, text((byte[]) rows.get(i)));
            }
        }
    }

    private Object record(String key, byte[] entry, String digest) {
        RedisState.Log log = log();
        String run = runId + '.' + log.name;
        RedisState.Recorded known = state.purges.get(key);
        if (known != null && !known.digest().equals(digest)) {
            return List.of(bytes("taken"));
        }
        boolean isThere =
                known != null && log.entries.stream().anyMatch(each -> each.id().equals(known.id()));
        String id = known != null && isThere ? known.id() : append(log, entry);
        state.purges.put(key, new RedisState.Recorded(id, digest));
        publish("{weir}:wake");
        return List.of(bytes(run), bytes(id));
    }

    private String append(RedisState.Log log, byte[] entry) {
        String[] last = log.last.split("-", 2);
        long millis = millis();
        long lastMillis = Long.parseLong(last[0]);
        String id = millis > lastMillis ? millis + "-0" : lastMillis + "-" + (Long.parseLong(last[1]) + 1);
        log.entries.add(new RedisState.Entry(id, entry));
        log.last = id;
        log.added++;
        world.tell(() -> "redis: the log gets " + id);
        return id;
    }

    private Object forget(List<String> arguments) {
        if (arguments.get(1).equals(state.rows.get(arguments.get(0)))) {
            state.rows.remove(arguments.get(0));
            registrations.forgotten(arguments.get(0));
            world.tell(() -> "redis: row of " + arguments.get(0) + " removed: silent for long");
            return 1L;
        }
        return 0L;
    }

    private RedisState.Log log() {
        if (state.log == null) {
            state.log = new RedisState.Log(fresh("log"));
        }
        return Objects.requireNonNull(state.log);
    }

    /** Whether the log still has that purge. */
    boolean remembers(String purgeId) {
        RedisState.Log log = state.log;
        RedisState.Recorded recorded = state.purges.get("{weir}:p:" + purgeId);
        return log != null
                && recorded != null
                && log.entries.stream().anyMatch(each -> each.id().equals(recorded.id()));
    }

    byte @Nullable [] page(String name) {
        return state.pages.get(name);
    }

    void putPage(String name, byte[] record) {
        state.pages.put(name, record);
        written();
    }

    /** SIGSTOP for that long. */
    void freeze(long nanos) {
        if (frozen || !up) {
            return;
        }
        world.tell(() -> "redis: frozen for " + nanos / World.MILLI + " ms");
        frozen = true;
        world.in(nanos, () -> {
            frozen = false;
            List<Runnable> due = List.copyOf(waiting);
            waiting.clear();
            due.forEach(Runnable::run);
        });
    }

    /** Entries at its head go, all but so many. */
    void trim(int kept) {
        RedisState.Log log = state.log;
        if (log != null && log.entries.size() > kept) {
            world.tell(() -> "redis: the log is trimmed to " + kept);
            log.entries.subList(0, log.entries.size() - kept).clear();
            written();
        }
    }

    void flush() {
        world.tell(() -> "redis: FLUSHALL");
        lose(new RedisState());
    }

    /** The log is evicted or deleted, and nothing else. */
    void loseLog() {
        world.tell(() -> "redis: the log is gone");
        state.log = null;
    }

    /** Dies; comes back after a while with that much of its data. */
    void crash(long nanos, Comeback comeback) {
        if (!up) {
            return;
        }
        world.tell(() -> "redis: dies, back in " + nanos / World.MILLI + " ms " + comeback);
        up = false;
        frozen = false;
        waiting.clear();
        RedisState back = switch (comeback) {
            case EMPTY -> new RedisState();
            case WHOLE -> state.copy();
            case WITHOUT_ITS_END -> earlier();
        };
        world.in(nanos, () -> {
            up = true;
            runId = fresh("server");
            clockMillis += world.between(-2000, 2000); // another machine's clock
            lose(back);
            world.tell(() -> "redis: is back as " + runId);
        });
    }

    /** What is left of the data after a crash. */
    enum Comeback {
        EMPTY,
        WHOLE,
        WITHOUT_ITS_END
    }

    private RedisState earlier() {
        int lost = world.below(past.size() + 1);
        RedisState found = state;
        for (RedisState each : past) {
            if (lost-- == 0) {
                break;
            }
            found = each;
        }
        return found.copy();
    }

    private void lose(RedisState next) {
        Map<String, String> before = new LinkedHashMap<>(state.rows);
        past.clear();
        state = next;
        before.keySet().stream().filter(row -> !next.rows.containsKey(row)).forEach(registrations::lost);
    }

    private void written() {
        past.addFirst(state.copy());
        if (past.size() > LAG) {
            past.removeLast();
        }
    }

    private void publish(String channel) {
        listeners.forEach(listener -> listener.accept(channel));
    }

    private long millis() {
        return clockMillis + world.now() / World.MILLI;
    }

    private String fresh(String kind) {
        return kind + ++names;
    }

    private static int compare(String one, String other) {
        String[] a = one.split("-", 2);
        String[] b = other.split("-", 2);
        int byMillis = Long.compare(Long.parseLong(a[0]), Long.parseLong(b[0]));
        return byMillis != 0 ? byMillis : Long.compare(Long.parseLong(a[1]), Long.parseLong(b[1]));
    }

    private static List<String> texts(List<byte[]> all) {
        return all.stream().map(RedisModel::text).toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
