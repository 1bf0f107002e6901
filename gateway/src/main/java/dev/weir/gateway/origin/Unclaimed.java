package dev.weir.gateway.origin;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import reactor.netty.Connection;

/**
 * Ends a connection whose response nobody takes: a head that was dropped on its way, because whoever waited for it was just
 * leaving, must not keep a connection out of the pool for ever.
 */
final class Unclaimed {

    private final Future<?> end;

    /**
     * For a response that has just come.
     *
     * @param end gives the response up
     * @param longest how long its body may wait to be subscribed to
     */
    Unclaimed(Connection connection, Runnable end, Duration longest) {
        this.end = connection.channel().eventLoop().schedule(end, longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Somebody has taken it, or given it up himself. Any thread. */
    void claim() {
        end.cancel(false);
    }
}
