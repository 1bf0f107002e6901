package dev.weir.gateway.edge;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Reads on after each answer. Reactor Netty 1.3.7 forgets to where a request that came before the answer to the one before
 * was put away is answered at once: it takes the end of that request, which still lies in its queue, for a next request,
 * and neither reads from the connection again nor lets it idle out. To read once too often does no harm: what comes is
 * queued as any request that is sent ahead.
 */
@Sharable
final class ReadAfterAnswer extends ChannelOutboundHandlerAdapter {

    static final ReadAfterAnswer INSTANCE = new ReadAfterAnswer();

    private ReadAfterAnswer() {}

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        super.write(ctx, message, promise);
        if (message instanceof LastHttpContent && !InterimAnswers.isInterim(message)) {
            ctx.executor().execute(() -> {
                if (!ctx.channel().config().isAutoRead()) {
                    ctx.read();
                }
            });
        }
    }
}
