package dev.weir.gateway.origin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Lets one final answer through for each request. Interim ones (1xx, RFC 9110 §15.2) end here: Reactor Netty would take
 * them for final, and its server has no way to send them on. A connection on which more came than the answer is closed
 * before its end is told, so that no pool takes it back.
 *
 * <p>Runs on the connection's event loop alone, behind its {@link OriginCodec}.
 */
final class FinalAnswers extends ChannelInboundHandlerAdapter {

    private static final int SWITCHING_PROTOCOLS = 101;

    private final OriginCodec codec;
    private boolean interim;

    FinalAnswers(OriginCodec codec) {
        this.codec = codec;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response && isInterim(response)) {
            interim = true;
        }
        if (interim) {
            swallow(context, message);
            return;
        }
        if (message instanceof HttpObject && !codec.isAwaiting()) {
            ReferenceCountUtil.release(message);
            return; // behind a whole answer; the connection is being closed
        }
        if (message instanceof LastHttpContent) {
            codec.answered();
            if (codec.hasSurplus()) {
                var unused = context.close();
            }
        }
        context.fireChannelRead(message);
    }

    private void swallow(ChannelHandlerContext context, Object message) {
        if (message instanceof LastHttpContent) {
            interim = false;
            context.read(); // what was asked for is still to come
        }
        ReferenceCountUtil.release(message);
    }

    private static boolean isInterim(HttpResponse response) {
        return response.decoderResult().isSuccess()
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && response.status().code() != SWITCHING_PROTOCOLS;
    }
}
