package dev.weir.gateway.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code sync.lua} answers.
 *
 * @param run names the master and the log on it
 * @param firstRetained the seq of the oldest entry the log still has; 0 where none was ever trimmed
 * @param last the id of the newest entry
 * @param roll of the replicas
 */
record SyncAnswer(String run, long firstRetained, String last, List<Entry> entries, Roll roll) {

    /**
     * The registry.
     *
     * @param rows by replica, as they stand there
     * @param isFirst whether this replica had no row before: then whoever had one may have lost it as well
     */
    record Roll(Map<String, String> rows, boolean isFirst) {

        Roll {
            rows = Map.copyOf(rows);
        }
    }

    /** One entry of the log as it stands there. */
    @SuppressWarnings("ArrayRecordComponent") // handed from the wire to the codec, never compared
    record Entry(String id, byte[] payload) {}

    static SyncAnswer of(List<Object> answer) {
        String first = text(answer.get(1));
        List<Entry> entries = new ArrayList<>();
        for (Object entry : list(answer.get(3))) {
            List<Object> idAndFields = list(entry);
            entries.add(new Entry(text(idAndFields.get(0)), payload(list(idAndFields.get(1)))));
        }
        Map<String, String> rows = new HashMap<>();
        List<Object> flat = list(answer.get(4));
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            rows.put(text(flat.get(i)), text(flat.get(i + 1)));
        }
        return new SyncAnswer(
                text(answer.get(0)),
                first.isEmpty() ? 0 : StreamId.seq(first),
                text(answer.get(2)),
                entries,
                new Roll(rows, answer.get(5).equals(1L)));
    }

    /** The value of field {@code p}; nothing where an entry has another form, which then reads as unreadable. */
    private static byte[] payload(List<Object> fields) {
        return fields.size() == 2 && text(fields.get(0)).equals("p") ? (byte[]) fields.get(1) : new byte[0];
    }

    @SuppressWarnings("unchecked") // a nested array of a script's answer
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    static String text(Object value) {
        return new String((byte[]) value, StandardCharsets.UTF_8);
    }
}
