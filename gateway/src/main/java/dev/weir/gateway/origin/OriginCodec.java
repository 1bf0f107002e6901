package dev.weir.gateway.origin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP/1.1 codec of one connection, in place of Netty's for clients: it also tells whether bytes came that no request
 * asked for. Left alone they would wait in the decoder and be read as the start of the next answer, which is another
 * client's. One request at a time, none of them CONNECT.
 *
 * <p>Runs on the connection's event loop alone.
 */
final class OriginCodec extends CombinedChannelDuplexHandler<OriginCodec.Decoder, HttpRequestEncoder> {

    /** The method of the request that waits for its answer; null for none. */
    private @Nullable HttpMethod awaiting;

    private String target = "/";
    private boolean upgradeAsked;

    OriginCodec() {
        init(new Decoder(), new HttpRequestEncoder());
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpRequest request) {
            awaiting = request.method();
            request.setUri(target);
            upgradeAsked = request.headers().contains(HttpHeaderNames.UPGRADE);
        }
        super.write(context, message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (awaiting != null) {
            super.channelRead(context, message);
        } else {
            ReferenceCountUtil.release(message);
            var unused = context.close(); // nobody asked for anything
        }
    }

    /** The target of the request that comes next, as it goes on the wire: the client above knows URIs only. */
    void target(String next) {
        target = next;
    }

    boolean isAwaiting() {
        return awaiting != null;
    }

    /** Whether a 101 would be an answer to what was asked. */
    boolean isUpgradeAsked() {
        return upgradeAsked;
    }

    /** The answer is whole: what comes from here on belongs to no request. */
    void answered() {
        awaiting = null;
    }

    /** Whether more came than has been decoded. */
    boolean hasSurplus() {
        return inboundHandler().unread() > 0;
    }

    /** Knows what was asked: an answer to HEAD ends with its head (RFC 9110 §9.3.2). */
    final class Decoder extends HttpResponseDecoder {

        Decoder() {
            super(new HttpDecoderConfig());
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage message) {
            return HttpMethod.HEAD.equals(awaiting) || super.isContentAlwaysEmpty(message);
        }

        int unread() {
            return actualReadableBytes();
        }
    }
}
