package dev.weir.gateway.edge;

import dev.weir.gateway.flow.Reply;
import dev.weir.gateway.flow.RequestFlow;
import dev.weir.gateway.http.HttpDate;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;

/**
 * Turns away, before anything is buffered, what the HTTP layer above would take in wrongly: content of requests that it
 * collects whole, transfer codings that it does not know and would take for no content at all, and what could not be
 * decoded, to which it would answer without a word.
 *
 * <p>One a connection, between the codec and the rest; on its event loop. Nothing of a connection is read after a refusal:
 * its framing can't be relied on any more.
 */
final class RequestGuard extends ChannelDuplexHandler {

    /** Whose content is collected before the request is handed on; it has no meaning for them (RFC 9110 §9.3.1). */
    private static final Set<HttpMethod> COLLECTED = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE);

    private static final long MOST_COLLECTED_BYTES = 64 * 1024;

    private final Clock clock;
    private boolean counts;
    private long came;
    private boolean refused;
    private int unanswered;

    RequestGuard(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (!refused && message instanceof HttpRequest request) {
            begin(ctx, request);
        }
        if (!refused && counts && message instanceof HttpContent content) {
            came += content.content().readableBytes();
            if (came > MOST_COLLECTED_BYTES) {
                unanswered--; // the request that is refused was counted
                refuse(ctx, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
            }
        }
        if (refused) {
            ReferenceCountUtil.release(message);
            return;
        }
        super.channelRead(ctx, message);
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        came = 0;
        counts = COLLECTED.contains(request.method());
        String coding = request.headers().get(HttpHeaderNames.TRANSFER_ENCODING);
        if (request.decoderResult().isFailure()) {
            refuse(ctx, status(request.decoderResult().cause()));
        } else if (coding != null && !coding.trim().equalsIgnoreCase("chunked")) {
            refuse(ctx, HttpResponseStatus.NOT_IMPLEMENTED); // RFC 9112 §6.1
        } else if (counts && HttpUtil.getContentLength(request, 0L) > MOST_COLLECTED_BYTES) {
            refuse(ctx, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
        } else {
            unanswered++;
        }
    }

    /** Answers and closes; where earlier answers are still to come, only closes, for their order's sake. */
    private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status) {
        refused = true;
        if (unanswered > 0) {
            ctx.channel().unsafe().close(ctx.channel().unsafe().voidPromise());
            return;
        }
        Reply reply = RequestFlow.refuse(status.code());
        byte[] body = Objects.requireNonNullElse(reply.body(), new byte[0]);
        FullHttpResponse answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        reply.head().headers().forEach((name, value) -> answer.headers().add(name, value));
        answer.headers()
                .set(HttpHeaderNames.DATE, HttpDate.format(clock.instant())) // RFC 9110 §6.6.1
                .set(HttpHeaderNames.CONNECTION, "close");
        ctx.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    /** What could not be read was too long, or no HTTP. */
    private static HttpResponseStatus status(Throwable unreadable) {
        if (unreadable instanceof TooLongHttpLineException) {
            return HttpResponseStatus.REQUEST_URI_TOO_LONG;
        }
        return unreadable instanceof TooLongHttpHeaderException
                ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                : HttpResponseStatus.BAD_REQUEST;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof LastHttpContent && !InterimAnswers.isInterim(message)) {
            unanswered--;
        }
        super.write(ctx, message, promise);
    }
}
