package dev.weir.gateway.origin;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.tunnel.TunnelEnd;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Lets one final answer through for each request. Interim ones (1xx, RFC 9110 §15.2) are told to whoever asked and end
 * here: Reactor Netty would take them for final. A connection on which more came than the answer is closed before its end
 * is told, so that no pool takes it back.
 *
 * <p>Runs on the connection's event loop alone, behind its {@link OriginCodec}.
 */
final class FinalAnswers extends ChannelInboundHandlerAdapter {

    private static final int CONTINUE = 100;
    private static final int SWITCHING_PROTOCOLS = 101;

    /** So many are told of for one request: an origin must not make the gateway write to a client without end. */
    private static final int MOST_TOLD = 8;

    private final OriginCodec codec;
    private boolean interim;
    private @Nullable Consumer<ResponseHead> asker;
    private int told;

    FinalAnswers(OriginCodec codec) {
        this.codec = codec;
    }

    /** A request is about to be sent; that one is told of interim answers to it. */
    void begin(Consumer<ResponseHead> next) {
        asker = next;
        told = 0;
    }

    /** As Netty has read it. */
    static ResponseHead head(HttpResponseStatus status, HttpHeaders read) {
        Headers.Builder fields = Headers.builder();
        for (Map.Entry<String, String> field : read) {
            fields.add(field.getKey(), field.getValue());
        }
        return new ResponseHead(status.code(), fields.build());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response && isInterim(response)) {
            interim = true;
            tell(response);
        }
        if (interim) {
            dropInterim(context, message);
            return;
        }
        if (message instanceof HttpObject && !codec.isAwaiting()) {
            ReferenceCountUtil.release(message);
            return; // behind a whole answer; the connection is being closed
        }
        if (message instanceof HttpResponse response) {
            asker = null;
            if (isSwitch(response) && codec.isUpgradeAsked()) {
                leaveHttp(context.pipeline());
            }
        }
        if (message instanceof LastHttpContent) {
            codec.answered();
            if (codec.hasSurplus()) {
                var unused = context.close();
            }
        }
        context.fireChannelRead(message);
    }

    /** RFC 9110 §15.2.1: 100 is about the upload of this one connection, so it is nobody else's. */
    private void tell(HttpResponse response) {
        if (asker != null && response.status().code() != CONTINUE && told < MOST_TOLD) {
            told++;
            asker.accept(head(response.status(), response.headers()));
        }
    }

    private static boolean isSwitch(HttpResponse response) {
        return response.decoderResult().isSuccess() && response.status().code() == SWITCHING_PROTOCOLS;
    }

    /**
     * What follows a 101 is another protocol's, so the codec leaves before it reads on. The end of the answer, which it has
     * made up already, stops at the tunnel's end too: Reactor Netty would take it for the end of the exchange.
     */
    private static void leaveHttp(ChannelPipeline pipeline) {
        if (pipeline.get(NettyPipeline.ResponseTimeoutHandler) != null) {
            pipeline.remove(NettyPipeline.ResponseTimeoutHandler);
        }
        pipeline.replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, new TunnelEnd());
    }

    private void dropInterim(ChannelHandlerContext context, Object message) {
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
