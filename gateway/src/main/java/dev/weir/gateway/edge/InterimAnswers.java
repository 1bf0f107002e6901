package dev.weir.gateway.edge;

import dev.weir.gateway.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Writes interim answers (1xx, RFC 9110 §15.2) to a client. Reactor Netty has no way to, so the bytes are made here and
 * go out past the codec, whose encoder counts each head that it sees as the answer to a request.
 *
 * <p>One a connection, right behind the codec: it sees each head and each end of a final answer as it is about to be
 * encoded. Requests on one connection are taken on one by one, so the number of answers that have ended says which
 * request it is that is being answered. An interim answer for any other, or for one whose final head is on its way, is
 * dropped; so is one for a client that does not read: it is only worth having at once.
 *
 * <p>Everything happens on the connection's event loop, but for the calls of {@link #relay}'s result.
 */
final class InterimAnswers extends ChannelOutboundHandlerAdapter {

    /** One to be written, if its request is still without an answer. */
    private record Told(long turn, ResponseHead head) {}

    /** What was told on another thread, until this connection's loop comes to it. */
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();

    private long answered;
    private boolean begun;

    /**
     * What takes the interim answers to the request that is being taken on now; any thread may call it.
     *
     * @param version of that request: HTTP/1.0 knows no interim answers (RFC 9110 §15.2)
     */
    static Consumer<ResponseHead> relay(Channel channel, HttpVersion version) {
        InterimAnswers own = channel.pipeline().get(InterimAnswers.class);
        return own == null || version.compareTo(HttpVersion.HTTP_1_1) < 0 ? head -> {} : own.relay(channel);
    }

    private Consumer<ResponseHead> relay(Channel channel) {
        long turn = answered;
        return head -> {
            told.add(new Told(turn, head));
            if (channel.eventLoop().inEventLoop()) {
                writeTold(channel);
            } else {
                channel.eventLoop().execute(() -> writeTold(channel));
            }
        };
    }

    private void writeTold(Channel channel) {
        for (Told next = told.poll(); next != null; next = told.poll()) {
            write(channel, next.turn(), next.head());
        }
    }

    private void write(Channel channel, long turn, ResponseHead head) {
        @Nullable ChannelHandlerContext codec = channel.pipeline().context(NettyPipeline.HttpCodec);
        if (codec == null || turn != answered || begun || !channel.isWritable()) {
            return;
        }
        ByteBuf bytes =
                ByteBufUtil.encodeString(channel.alloc(), CharBuffer.wrap(text(head)), StandardCharsets.ISO_8859_1);
        var unused = codec.writeAndFlush(bytes);
    }

    private static String text(ResponseHead head) {
        StringBuilder text = new StringBuilder("HTTP/1.1 ");
        text.append(HttpResponseStatus.valueOf(head.status())).append("\r\n");
        head.headers()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        boolean interim = isInterim(message);
        if (message instanceof HttpResponse && !interim) {
            writeTold(ctx.channel()); // the final answer may be quicker than the task that was to do it
            begun = true;
        }
        super.write(ctx, message, promise);
        if (message instanceof LastHttpContent && !interim) {
            begun = false;
            answered++;
        }
    }

    /** Reactor Netty's own 100, which is a head and an end at once, but no answer. */
    static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
