package dev.weir.gateway.redis;

import java.time.Duration;
import java.util.Objects;

/**
 * How Redis is reached and how much it may cost.
 *
 * @param uri {@code redis://} or {@code rediss://}, one server; or {@code redis-sentinel://a:26379,b:26379#name}, the one that
 *     those Sentinels call the master of that name
 */
public record RedisSettings(String uri, Connecting connecting, Lookups lookups, Writes writes, Isolation isolation) {

    /** The defaults for that server. */
    public static RedisSettings of(String uri) {
        return new RedisSettings(uri, Connecting.DEFAULT, Lookups.DEFAULT, Writes.DEFAULT, Isolation.DEFAULT);
    }

    public RedisSettings {
        Objects.requireNonNull(uri, "redis.uri");
        boolean isSentinel = uri.startsWith("redis-sentinel://") || uri.startsWith("rediss-sentinel://");
        if (isSentinel && uri.indexOf('#') < 0) {
            throw invalid(
                    "uri",
                    withoutCredentials(uri),
                    "redis-sentinel://host:port,host:port#name, where name is the master's among the Sentinels");
        }
        if (!isSentinel && !uri.startsWith("redis://") && !uri.startsWith("rediss://")) {
            throw invalid(
                    "uri",
                    "scheme of " + withoutCredentials(uri),
                    "redis://, rediss://, redis-sentinel:// or rediss-sentinel://");
        }
        if (!isSentinel && uri.indexOf(',') >= 0) {
            throw invalid("uri", "several hosts", "one server; Cluster is not supported");
        }
        if (lookups.budget().compareTo(connecting.commandTimeout()) > 0) {
            throw invalid(
                    "lookups.budget",
                    lookups.budget().toString(),
                    "at most connecting.command-timeout, " + connecting.commandTimeout());
        }
    }

    /**
     * Making connections and giving up on commands.
     *
     * @param timeout for a connection to be made, its handshake included
     * @param commandTimeout for a command of the log or a write of the tier
     * @param maxBackoff between two attempts to connect
     */
    public record Connecting(Duration timeout, Duration commandTimeout, Duration maxBackoff) {
        public static final Connecting DEFAULT =
                new Connecting(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2));

        public Connecting {
            positive("connecting.timeout", timeout);
            positive("connecting.command-timeout", commandTimeout);
            positive("connecting.max-backoff", maxBackoff);
        }
    }

    /**
     * What a look-up in the shared tier may cost.
     *
     * @param budget from asking to having, both round trips of a varying resource included
     * @param maxInFlight look-ups at once; further ones are misses
     * @param maxFailures in a row, after which no look-up is tried for a while
     * @param pause that while; then one look-up probes
     */
    public record Lookups(Duration budget, int maxInFlight, int maxFailures, Duration pause) {
        public static final Lookups DEFAULT = new Lookups(Duration.ofMillis(50), 64, 5, Duration.ofMillis(500));

        public Lookups {
            positive("lookups.budget", budget);
            positive("lookups.max-in-flight", maxInFlight);
            positive("lookups.max-failures", maxFailures);
            positive("lookups.pause", pause);
        }
    }

    /**
     * What may be written to the shared tier.
     *
     * @param maxBodyBytes of one response in all its codings; larger ones stay out
     * @param maxPendingBytes of all writes under way; further ones are dropped
     */
    public record Writes(long maxBodyBytes, long maxPendingBytes) {
        public static final Writes DEFAULT = new Writes(8L << 20, 32L << 20);

        public Writes {
            positive("writes.max-body-bytes", maxBodyBytes);
            if (maxBodyBytes > 256L << 20) {
                throw invalid("writes.max-body-bytes", Long.toString(maxBodyBytes), "at most 256 MiB");
            }
            positive("writes.max-pending-bytes", maxPendingBytes);
        }
    }

    /**
     * How long this replica trusts what it knows of the log.
     *
     * @param maxAge standing lasts this long after the last confirmed heartbeat was sent; the same on all replicas
     * @param heartbeat at most a third of {@code maxAge}, so that one lost heartbeat costs nothing
     */
    public record Isolation(Duration maxAge, Duration heartbeat) {
        public static final Isolation DEFAULT = new Isolation(Duration.ofSeconds(5), Duration.ofSeconds(1));

        public Isolation {
            positive("isolation.max-age", maxAge);
            positive("isolation.heartbeat", heartbeat);
            if (heartbeat.multipliedBy(3).compareTo(maxAge) > 0) {
                throw invalid("isolation.heartbeat", heartbeat.toString(), "at most a third of max-age, " + maxAge);
            }
        }
    }

    /** For logs: the URI's credentials left out. */
    @Override
    public String toString() {
        return "RedisSettings[" + withoutCredentials(uri) + ", " + connecting + ", " + lookups + ", " + writes + ", "
                + isolation + ']';
    }

    private static String withoutCredentials(String uri) {
        int at = uri.lastIndexOf('@');
        int scheme = uri.indexOf("://");
        return at < 0 ? uri : (scheme < 0 ? "" : uri.substring(0, scheme + 3)) + "…" + uri.substring(at);
    }

    private static void positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw invalid(key, value.toString(), "a positive duration");
        }
    }

    private static void positive(String key, long value) {
        if (value <= 0) {
            throw invalid(key, Long.toString(value), "more than 0");
        }
    }

    private static IllegalArgumentException invalid(String key, String value, String expected) {
        return new IllegalArgumentException("redis." + key + ": " + value + " (expected: " + expected + ')');
    }
}
