package dev.weir.gateway.edge;

import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.tunnel.Tunnel;
import dev.weir.gateway.tunnel.TunnelEnd;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Which requests may ask for another protocol, and what becomes of their connection. Behind this gate a request with
 * {@code Upgrade} is one that may: all others have lost the field, which a server is free to ignore (RFC 9110 §7.8).
 *
 * <p>From such a request to the end of its answer the codec is out of the pipeline and {@link HeldBytes} in its place: what
 * follows the request is another protocol's after a 101, and the next request after anything else. Neither is ever read as
 * the other.
 *
 * <p>One a connection, right behind the codec; on its event loop.
 */
final class UpgradeGate extends ChannelDuplexHandler {

    private static final String WEBSOCKET = "websocket";

    private final Supplier<HttpServerCodec> codecs;
    private @Nullable ChannelHandlerContext context;
    private @Nullable HttpRequest upgrade;
    private int unanswered;
    private boolean holding;

    /**
     * For one connection.
     *
     * @param codecs makes the codec that takes the connection on after an answer other than 101
     */
    UpgradeGate(Supplier<HttpServerCodec> codecs) {
        this.codecs = codecs;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof HttpRequest request) {
            unanswered++;
            if (mayUpgrade(request)) {
                upgrade = request; // handed on when it is whole: an answer must not come before the codec is out
                return;
            }
            request.headers().remove(HttpHeaderNames.UPGRADE);
        }
        if (upgrade != null && message instanceof LastHttpContent) {
            HttpRequest whole = upgrade;
            upgrade = null;
            holding = true;
            ctx.pipeline().replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, new HeldBytes());
            super.channelRead(ctx, whole);
        }
        super.channelRead(ctx, message);
    }

    /** A whole GET that asks for nothing but a WebSocket, with no answer before its own still to come. */
    private boolean mayUpgrade(HttpRequest request) {
        HttpHeaders fields = request.headers();
        String length = fields.get(HttpHeaderNames.CONTENT_LENGTH, "0");
        return unanswered == 1
                && request.decoderResult().isSuccess()
                && request.method().equals(HttpMethod.GET)
                && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && fields.getAll(HttpHeaderNames.UPGRADE).size() == 1
                && fields.get(HttpHeaderNames.UPGRADE).equalsIgnoreCase(WEBSOCKET) // and no h2c beside it
                && fields.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && length.equals("0")
                && !fields.contains(HttpHeaderNames.TRANSFER_ENCODING);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        super.write(ctx, message, promise);
        if (message instanceof LastHttpContent && !InterimAnswers.isInterim(message)) {
            unanswered--;
            if (holding) {
                holding = false;
                // after the handlers behind this one have seen the end of the answer
                ctx.executor().execute(() -> backToHttp(ctx));
            }
        }
    }

    private void backToHttp(ChannelHandlerContext ctx) {
        if (!ctx.isRemoved()) {
            ctx.pipeline().replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, codecs.get());
            ctx.channel().config().setAutoRead(true); // as Reactor Netty left it; the held bytes may have stopped it
        }
    }

    /**
     * Sends the 101 and gives the connection to the tunnel, with all that came behind the request.
     *
     * @throws IllegalStateException where no request on this connection waits for that
     */
    void switchProtocols(ResponseHead head, Tunnel tunnel) {
        ChannelHandlerContext ctx = context;
        if (ctx == null || !holding || head.status() != HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            tunnel.close();
            throw new IllegalStateException(
                    "an answer of " + head.status() + " to a request that asked for no upgrade");
        }
        holding = false;
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
        head.headers().forEach((name, value) -> answer.headers().add(name, value));
        var unused = ctx.writeAndFlush(answer);
        TunnelEnd end = new TunnelEnd();
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.remove(Outflow.class); // the tunnel has bounds of its own
        pipeline.replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, end); // by a name that others look for
        pipeline.remove(InterimAnswers.class);
        pipeline.remove(RequestGuard.class);
        pipeline.remove(RawTarget.class);
        pipeline.remove(ReadAfterAnswer.class);
        pipeline.remove(NettyPipeline.HttpTrafficHandler);
        pipeline.remove(this);
        tunnel.join(end);
    }
}
