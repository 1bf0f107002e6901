package dev.weir.gateway.origin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends an exchange whose origin makes too long a pause in the body. It counts only while bytes are asked for: where a
 * slow client holds the reading up, the pause is not the origin's, and the client's neighbours in the same flight are not
 * to lose their bodies by it.
 *
 * <p>It looks once a period, so a pause ends the exchange after one to two of them. On the channel's event loop.
 */
final class AwaitedRead extends ReadTimeoutHandler {

    private final long nanos;
    private boolean asked;
    private long askedAt;

    /**
     * With that bound.
     *
     * @param longest how long a pause may be
     */
    AwaitedRead(Duration longest) {
        super(longest.toMillis(), TimeUnit.MILLISECONDS);
        this.nanos = longest.toNanos();
    }

    @Override
    public void read(ChannelHandlerContext ctx) throws Exception {
        if (!asked) {
            asked = true;
            askedAt = System.nanoTime();
        }
        super.read(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        asked = false;
        super.channelRead(ctx, message);
    }

    /** Fails with {@link ReadTimeoutException} where the origin is late. */
    @Override
    protected void readTimedOut(ChannelHandlerContext ctx) throws Exception {
        if (asked && System.nanoTime() - askedAt >= nanos) {
            super.readTimedOut(ctx);
        }
    }
}
