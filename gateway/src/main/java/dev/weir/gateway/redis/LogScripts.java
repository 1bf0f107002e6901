package dev.weir.gateway.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The three scripts that speak to the log's master; each is one atomic step there. Sent whole each time: with one
 * heartbeat a second their few hundred bytes cost less than the cases of a script cache that was flushed.
 */
final class LogScripts {

    static final byte[] WAKE = ascii("{weir}:wake");
    static final byte[] APPLIED = ascii("{weir}:applied");

    private static final byte[] LOG = ascii("{weir}:log");
    private static final byte[] REPLICAS = ascii("{weir}:replicas");
    private static final String PURGE_ID_PREFIX = "{weir}:p:";

    private static final byte[] RECORD = ScriptFile.read("record.lua");
    private static final byte[] SYNC = ScriptFile.read("sync.lua");
    private static final byte[] FORGET = ScriptFile.read("forget.lua");

    /** Entries the log keeps, about. A replica that was away for longer does not use what it has. */
    private static final byte[] KEPT_ENTRIES = ascii("100000");

    /** How long the same purge id is known as the same purge. */
    private static final byte[] PURGE_ID_LIFE_MILLIS = ascii("3600000");

    /** Entries of one answer: enough for a burst of small purges, bounded for one of 10,000 selectors each. */
    private static final byte[] ENTRIES_AT_ONCE = ascii("32");

    private LogScripts() {}

    /**
     * Answers run and stream id, or one word where the id stands for another purge.
     *
     * @param digest of mode and selectors, in ASCII without blanks
     */
    static CompletionStage<List<Object>> record(
            StatefulRedisConnection<byte[], byte[]> redis, String purgeId, byte[] entry, String digest) {
        byte[][] keys = {LOG, utf8(PURGE_ID_PREFIX + purgeId)};
        return redis.async()
                .<List<Object>>eval(
                        RECORD,
                        ScriptOutputType.MULTI,
                        keys,
                        entry,
                        freshName(),
                        WAKE,
                        KEPT_ENTRIES,
                        PURGE_ID_LIFE_MILLIS,
                        ascii(digest));
    }

    /** Writes this replica's row and reads on from what it says. */
    static CompletionStage<List<Object>> sync(StatefulRedisConnection<byte[], byte[]> redis, String replica, Row row) {
        byte[][] keys = {LOG, REPLICAS};
        return redis.async()
                .eval(
                        SYNC,
                        ScriptOutputType.MULTI,
                        keys,
                        utf8(replica),
                        utf8(row.run()),
                        ascii(row.id()),
                        ascii(Long.toString(row.beat())),
                        utf8(row.words()),
                        freshName(),
                        APPLIED,
                        ENTRIES_AT_ONCE);
    }

    /** Removes that replica if its row still says this. */
    static CompletionStage<Long> forget(StatefulRedisConnection<byte[], byte[]> redis, String replica, String row) {
        byte[][] keys = {REPLICAS};
        return redis.async().<Long>eval(FORGET, ScriptOutputType.INTEGER, keys, utf8(replica), utf8(row));
    }

    static CompletionStage<Long> leave(StatefulRedisConnection<byte[], byte[]> redis, String replica) {
        return redis.async().hdel(REPLICAS, utf8(replica));
    }

    /** Names a log that has to be made; used only if there is none. */
    private static byte[] freshName() {
        return ascii(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
