package dev.weir.gateway.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scripts of leases; each touches one key, so they work on any form of Redis. */
final class LeaseScripts {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseScripts.class);

    /** Where the end of leases is told, by name, to those who wait. */
    static final byte[] ENDED = "{weir}:leases".getBytes(UTF_8);

    private static final String PREFIX = "weir:l:";

    private static final byte[] TAKE = ScriptFile.read("take-lease.lua");
    private static final byte[] END = ScriptFile.read("end-lease.lua");
    private static final byte[] RENEW = ScriptFile.read("renew-lease.lua");
    private static final byte[] CLEAR = ScriptFile.read("clear-lease.lua");

    private LeaseScripts() {}

    static CompletionStage<List<Object>> take(
            StatefulRedisConnection<byte[], byte[]> redis, String name, String token, Duration life) {
        return redis.async().eval(TAKE, ScriptOutputType.MULTI, key(name), token.getBytes(UTF_8), millis(life));
    }

    /**
     * Ends it.
     *
     * @param passed for how long to remember that the answer can't be shared; zero: not
     */
    static CompletionStage<Long> end(
            StatefulRedisConnection<byte[], byte[]> redis, String name, String token, Duration passed) {
        return redis.async()
                .eval(
                        END,
                        ScriptOutputType.INTEGER,
                        key(name),
                        token.getBytes(UTF_8),
                        millis(passed),
                        ENDED,
                        name.getBytes(UTF_8));
    }

    static CompletionStage<Long> renew(
            StatefulRedisConnection<byte[], byte[]> redis, String name, String token, Duration life) {
        return redis.async().eval(RENEW, ScriptOutputType.INTEGER, key(name), token.getBytes(UTF_8), millis(life));
    }

    static CompletionStage<Long> clear(StatefulRedisConnection<byte[], byte[]> redis, String name) {
        return redis.async().eval(CLEAR, ScriptOutputType.INTEGER, key(name));
    }

    /** Sends what nobody waits for: should it fail, the lease lapses. */
    static void unattended(Supplier<CompletionStage<Long>> command) {
        try {
            var unused = command.get().exceptionally(failure -> {
                LOG.debug("A lease is left to lapse: {}", failure.toString());
                return 0L;
            });
        } catch (RuntimeException refused) {
            LOG.debug("A lease is left to lapse: {}", refused.toString());
        }
    }

    private static byte[][] key(String name) {
        return new byte[][] {(PREFIX + name).getBytes(UTF_8)};
    }

    private static byte[] millis(Duration duration) {
        return Long.toString(duration.toMillis()).getBytes(UTF_8);
    }
}
