package dev.weir.gateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Takes the HTTP codec's place while nobody knows whether a connection stays with HTTP: answers are still encoded, but what
 * the client sends is kept as it came. Whoever replaces this handler gets those bytes.
 *
 * <p>On the connection's event loop. The request that waits is a GET, so its answer needs nothing of what the codec knew.
 */
final class HeldBytes extends CombinedChannelDuplexHandler<HeldBytes.Keeper, HttpResponseEncoder> {

    HeldBytes() {
        init(new Keeper(), new HttpResponseEncoder());
    }

    /** Past {@link #MOST_BYTES} nothing more is read until the answer is there. */
    static final class Keeper extends ChannelInboundHandlerAdapter {

        private static final int MOST_BYTES = 64 * 1024;

        private final Queue<ByteBuf> held = new ArrayDeque<>();
        private long bytes;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            if (!(message instanceof ByteBuf part)) {
                super.channelRead(ctx, message); // decoded by the codec before it left
                return;
            }
            held.add(part);
            bytes += part.readableBytes();
            if (bytes > MOST_BYTES) {
                ctx.channel().config().setAutoRead(false);
            }
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext ctx) {
            boolean any = !held.isEmpty();
            for (ByteBuf part = held.poll(); part != null; part = held.poll()) {
                ctx.fireChannelRead(part);
            }
            if (any) {
                ctx.fireChannelReadComplete();
            }
        }
    }
}
