package dev.weir.gateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Lets replies out at the pace of the one who reads them, and ends a connection whose reader stands still: what has been
 * handed to the socket's buffer is memory that only the client gives back.
 *
 * <p>One a connection; everything happens on its event loop. A connection whose buffer is empty after each flush costs
 * nothing here: the clock runs only while something waits to be taken.
 */
final class Outflow extends ChannelDuplexHandler {

    private final Duration longestWrite;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final ChannelFutureListener written = done -> this.writes++;
    private long writes;
    private @Nullable ScheduledFuture<?> watch;

    /**
     * For one connection.
     *
     * @param longestWrite how long one piece of a reply may take to leave
     */
    Outflow(Duration longestWrite) {
        this.longestWrite = longestWrite;
    }

    /**
     * Completes when there is room for the next piece; never, once the connection is gone. Always by a task of its own,
     * so that the piece before has been written when the question is asked.
     */
    Mono<Void> room(Channel channel) {
        return Mono.create(sink -> channel.eventLoop().execute(() -> {
            if (channel.isWritable()) {
                sink.success();
            } else {
                waiting.add(sink::success);
            }
        }));
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        if (ctx.channel().isWritable()) {
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                next.run();
            }
        }
        super.channelWritabilityChanged(ctx);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        super.write(ctx, message, promise.unvoid().addListener(written));
    }

    @Override
    public void flush(ChannelHandlerContext ctx) throws Exception {
        super.flush(ctx);
        if (watch == null && isWaiting(ctx)) {
            watch(ctx);
        }
    }

    private void watch(ChannelHandlerContext ctx) {
        long then = writes;
        watch = ctx.executor().schedule(() -> look(ctx, then), longestWrite.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(ChannelHandlerContext ctx, long then) {
        watch = null;
        if (!isWaiting(ctx)) {
            return;
        }
        if (writes == then) {
            ctx.channel().unsafe().close(ctx.channel().unsafe().voidPromise()); // releases what waits
        } else {
            watch(ctx);
        }
    }

    private static boolean isWaiting(ChannelHandlerContext ctx) {
        ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
        return buffer != null && !buffer.isEmpty();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        over();
        super.channelInactive(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        over();
    }

    private void over() {
        waiting.clear();
        if (watch != null) {
            watch.cancel(false);
        }
    }
}
