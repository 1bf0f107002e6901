package dev.weir.gateway.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a Redis keeps of Weir. */
final class RedisState {

    /** An entry of the log. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Entry(String id, byte[] payload) {}

    /** The log and its name. */
    static final class Log {
        final String name;
        final List<Entry> entries = new ArrayList<>();
        String last = "0-0";
        long added;

        Log(String name) {
            this.name = name;
        }

        Log copy() {
            Log copy = new Log(name);
            copy.entries.addAll(entries);
            copy.last = last;
            copy.added = added;
            return copy;
        }
    }

    /** Under which id and with which digest a purge was recorded. */
    record Recorded(String id, String digest) {}

    @Nullable Log log;

    final Map<String, String> rows = new LinkedHashMap<>();
    final Map<String, Recorded> purges = new LinkedHashMap<>();
    final Map<String, byte[]> pages = new LinkedHashMap<>();

    RedisState copy() {
        RedisState copy = new RedisState();
        copy.log = log == null ? null : log.copy();
        copy.rows.putAll(rows);
        copy.purges.putAll(purges);
        copy.pages.putAll(pages);
        return copy;
    }
}
