package dev.weir.gateway.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One end of a tunnel, in the place of its connection's HTTP codec: passes what its peer sends to the other end.
 *
 * <p><b>Bounds.</b> The next read is asked for only when all that was read has left the other end's socket buffer; so one
 * read (64 KiB at most) is under way in each direction, and a reader that stands still holds its sender up by TCP's own
 * means. No other handler can ask for reads past this one.
 *
 * <p><b>Threads.</b> All fields belong to the connection's event loop. The two ends may be on different loops: writes are
 * handed over by Netty, and their outcome is handed back by a task.
 */
public final class TunnelEnd extends ChannelDuplexHandler {

    /** As much as the kernel may hold for a reader who stands still. */
    private static final int KERNEL_BYTES = 256 * 1024;

    /** What came before the other end was there; bounded by what the codec had read ahead. */
    private final Queue<ByteBuf> early = new ArrayDeque<>();

    private @Nullable ChannelHandlerContext context;
    private @Nullable Tunnel tunnel;
    private @Nullable TunnelEnd other;
    private int underWay;
    private boolean inputOver;

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.channel().config().setAutoRead(false);
        // After a peer's end of stream epoll reads what the kernel holds whether it is asked to or not
        ctx.channel().config().setOption(ChannelOption.SO_RCVBUF, KERNEL_BYTES);
        // An end of the stream is passed on like bytes are; answers to it may still be on their way
        ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        early.forEach(ByteBuf::release);
        early.clear();
    }

    /** Begins to pass bytes to that other end. */
    void join(Tunnel joined, TunnelEnd far) {
        onLoop(() -> {
            tunnel = joined;
            other = far;
            for (ByteBuf bytes = early.poll(); bytes != null; bytes = early.poll()) {
                pass(bytes);
            }
            goOn();
        });
    }

    void whenClosed(Runnable action) {
        var unused = context().channel().closeFuture().addListener(closed -> action.run());
    }

    boolean isClosed() {
        return context().channel().closeFuture().isDone();
    }

    void close() {
        var unused = context().close();
    }

    /** Closes when what was given to it has left; never, where the peer takes nothing: the idle limit is for that. */
    void closeAfterWrites() {
        var unused = context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    ScheduledFuture<?> later(long nanos, Runnable task) {
        return context().executor().schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context, "not in a pipeline yet");
    }

    private void onLoop(Runnable task) {
        if (context().executor().inEventLoop()) {
            task.run();
        } else {
            context().executor().execute(task);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message); // the end of the handshake, from the codec that was here before
        } else if (other == null) {
            early.add(bytes);
        } else {
            pass(bytes);
        }
    }

    private void pass(ByteBuf bytes) {
        underWay++;
        var unused =
                far().context().writeAndFlush(bytes).addListener((ChannelFuture done) -> onLoop(() -> passed(done)));
    }

    private void passed(ChannelFuture done) {
        underWay--;
        if (done.isSuccess()) {
            tunnel().moved();
            goOn();
        } else {
            tunnel().close();
        }
    }

    private void goOn() {
        if (underWay > 0) {
            return;
        }
        if (inputOver) {
            far().endOutput();
            tunnel().directionOver();
        } else {
            context().read();
        }
    }

    private Tunnel tunnel() {
        return Objects.requireNonNull(tunnel, "not joined");
    }

    private TunnelEnd far() {
        return Objects.requireNonNull(other, "not joined");
    }

    /** All that was written has left. TLS has no half-closed state worth the name: there the whole connection ends. */
    private void endOutput() {
        onLoop(() -> {
            boolean secure = context().pipeline().get(SslHandler.class) != null;
            if (!secure && context().channel() instanceof DuplexChannel duplex) {
                var unused = duplex.shutdownOutput();
            } else {
                close();
            }
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            inputOver = true;
            if (other != null) {
                goOn();
            }
        }
        super.userEventTriggered(ctx, event);
    }

    /** Reads are asked for in {@link #goOn} alone. */
    @Override
    public void read(ChannelHandlerContext ctx) {}

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var unused = ctx.close(); // a reset; the other end hears of it by this one's closing
    }
}
