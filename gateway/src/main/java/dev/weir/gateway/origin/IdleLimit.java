package dev.weir.gateway.origin;

import dev.weir.gateway.http.Headers;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.resources.ConnectionProvider.ConnectionMetadata;

/**
 * How long a connection to an origin may lie idle and still be used. An origin closes what was idle for too long, and a
 * request that crosses its FIN gets no answer; whether it was acted upon nobody knows (RFC 9112 §9.5). So we close first:
 * below the usual limits, or below the origin's own where it tells it as {@code Keep-Alive: timeout=5} (RFC 2068 §19.7.1).
 */
final class IdleLimit {

    private static final Duration USUAL = Duration.ofSeconds(20);

    /** For a request on its way and the origin's own delays. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final AttributeKey<Duration> OF_ORIGIN = AttributeKey.valueOf("weir-idle-limit");

    private static final Pattern TIMEOUT = Pattern.compile("(?:^|[,;\\s])timeout=\"?([0-9]{1,6})(?![0-9])");

    private IdleLimit() {}

    /** Keeps what a response says about its own connection. */
    static void note(Channel channel, Headers response) {
        Duration told = told(response.list("Keep-Alive"));
        if (told != null) {
            channel.attr(OF_ORIGIN).set(told);
        }
    }

    /** Whether the connection is not to be used again. */
    static boolean isOver(Connection connection, ConnectionMetadata metadata) {
        Channel channel = connection.channel();
        Duration told = channel.attr(OF_ORIGIN).get();
        Duration limit = told == null || told.compareTo(USUAL) > 0 ? USUAL : told;
        return !channel.isActive() || !connection.isPersistent() || metadata.idleTime() >= limit.toMillis();
    }

    private static @Nullable Duration told(@Nullable String keepAlive) {
        Matcher timeout = TIMEOUT.matcher(keepAlive == null ? "" : keepAlive.toLowerCase(Locale.ROOT));
        return timeout.find()
                ? Duration.ofSeconds(Long.parseLong(timeout.group(1))).minus(MARGIN)
                : null;
    }
}
