package dev.weir.gateway.origin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.ReferenceCountUtil;
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
    private final long longestInAll;
    private long awaited;
    private boolean asked;
    private long askedAt;

    /**
     * With those bounds.
     *
     * @param longest how long a pause may be
     * @param inAll how long all pauses may be together: an origin that sends a byte at a time is not to be waited for
     *     without end
     */
    AwaitedRead(Duration longest, Duration inAll) {
        super(longest.toMillis(), TimeUnit.MILLISECONDS);
        this.nanos = longest.toNanos();
        this.longestInAll = inAll.toNanos();
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
        if (asked) {
            asked = false;
            awaited += System.nanoTime() - askedAt;
        }
        if (awaited > longestInAll) {
            ReferenceCountUtil.release(message);
            super.readTimedOut(ctx);
            return;
        }
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
