package dev.weir.loadtest.crowd;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * One client: a connection on which it asks and reads one answer at a time. In front of the decoder it takes the time of
 * the first byte; behind it, it reads the answer. All of it happens on the connection's event loop.
 */
final class Caller {
    private final Runnable done;
    private final Channel channel;
    private @Nullable BodyCheck check; // null while nothing is asked
    private long firstByteAt;
    private int status;
    private String cacheStatus = "";
    private @Nullable Sighting seen;

    Caller(Channel channel, Runnable done) {
        this.channel = channel;
        this.done = done;
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new Clock());
        pipeline.addLast(new HttpResponseDecoder());
        pipeline.addLast(new Reader());
    }

    void ask(ByteBuf request, BodyCheck answer) {
        check = answer;
        firstByteAt = 0;
        status = 0;
        cacheStatus = "";
        seen = null;
        if (!channel.isActive()) {
            request.release();
            end("the connection was closed before it was used");
            return;
        }
        channel.writeAndFlush(request).addListener(written -> {
            if (!written.isSuccess()) {
                end("the request could not be written: " + written.cause());
            }
        });
    }

    /** What it saw, or what it has seen so far; called past the time limit too. */
    Sighting sighting() {
        Sighting whole = seen;
        return whole != null ? whole : unfinished("no whole answer within the time limit");
    }

    void close() {
        var unused = channel.close(); // nobody waits for it
    }

    private void end(String failure) {
        if (check == null) {
            return;
        }
        seen = failure.isEmpty()
                ? new Sighting(firstByteAt, System.nanoTime(), status, cacheStatus, check.result(), "")
                : unfinished(failure);
        check = null;
        done.run();
    }

    private Sighting unfinished(String failure) {
        return new Sighting(firstByteAt, 0, status, cacheStatus, BodyCheck.Result.NONE, failure);
    }

    /**
     * Nothing stands between the socket and this. What it has stamped it hands on in a task of its own: the loop first
     * reads, and stamps, whatever else has come, and looks at answers after that. The end of a connection comes by a
     * task too, so behind the reads before it.
     */
    private final class Clock extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            if (firstByteAt == 0) {
                firstByteAt = System.nanoTime();
            }
            ctx.executor().execute(() -> ctx.fireChannelRead(bytes));
        }
    }

    private final class Reader extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            try {
                read(message);
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void read(Object message) {
            BodyCheck current = check;
            if (current == null) {
                close(); // bytes that nobody asked for
                return;
            }
            if (message instanceof HttpResponse head) {
                status = head.status().code();
                cacheStatus = String.join(", ", head.headers().getAll("Cache-Status"));
            }
            if (message instanceof HttpContent content) {
                if (content.decoderResult().isFailure()) {
                    end("not HTTP: " + content.decoderResult().cause());
                    return;
                }
                current.next(content.content());
            }
            if (message instanceof LastHttpContent) {
                end("");
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            end("the connection was closed " + (firstByteAt == 0 ? "without an answer" : "within the answer"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            end(String.valueOf(cause.getMessage()));
            close();
        }
    }
}
