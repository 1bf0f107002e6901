package dev.weir.gateway.edge;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Takes a request's target and Host past the HTTP layer above. Reactor Netty and Spring read both by rules of their own
 * ({@code java.net.URI} among them) and answer a bare 400 to what these don't know, such as <code>?a={b}</code>, which
 * browsers send, or an empty port. So they get to see {@code /} and no Host, and what came stands in two fields, which
 * {@link RequestHeads} alone reads, by RFC 9112 §3.2. A field travels with its request, however many are pipelined.
 *
 * <p>Behind {@link RequestGuard}, which lets through only what could be decoded. Keeps nothing.
 */
@Sharable
final class RawTarget extends ChannelInboundHandlerAdapter {

    /** The target as it stands in the request line. Whatever a client sends under this name is dropped. */
    static final String TARGET = "weir-target";

    /** The same for each Host. */
    static final String HOST = "weir-host";

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof HttpRequest request) {
            HttpHeaders fields = request.headers();
            fields.set(TARGET, request.uri());
            fields.set(HOST, fields.getAll(HttpHeaderNames.HOST)); // none for none
            fields.remove(HttpHeaderNames.HOST);
            request.setUri("/");
        }
        super.channelRead(ctx, message);
    }
}
