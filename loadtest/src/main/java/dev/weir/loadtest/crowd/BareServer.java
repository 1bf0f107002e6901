package dev.weir.loadtest.crowd;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import reactor.netty.resources.LoopResources;

/**
 * The least that any server must do to answer a crowd at one moment: the same bytes to each socket, one write each, from
 * as many event loops as a gateway has. No HTTP is read; what a client sends first counts as its question. Some time
 * after the first question each loop answers all of its own in one go.
 */
public final class BareServer implements AutoCloseable {
    private final LoopResources resources;
    private final EventLoopGroup loops;
    private final Channel listening;
    private final ByteBuf answer;
    private final Duration delay;
    private final Map<EventLoop, List<Channel>> waiting = new HashMap<>(); // guarded by itself

    /**
     * Listens on that address.
     *
     * @param answer head and body as they go over the wire
     * @param delay from the first question until all who have asked are answered
     */
    public BareServer(InetSocketAddress address, byte[] answer, Duration delay) {
        this.answer = Unpooled.directBuffer(answer.length).writeBytes(answer);
        this.delay = delay;
        this.resources =
                LoopResources.create("bare", Math.max(2, Runtime.getRuntime().availableProcessors()), true);
        this.loops = resources.onServer(true);
        this.listening = new ServerBootstrap()
                .group(resources.onServerSelect(true), loops)
                .channel(resources.onChannelClass(ServerSocketChannel.class, loops))
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Questions());
                    }
                })
                .bind(address)
                .syncUninterruptibly()
                .channel();
    }

    private void asked(Channel channel) {
        synchronized (waiting) {
            boolean first = waiting.isEmpty();
            waiting.computeIfAbsent(channel.eventLoop(), loop -> new ArrayList<>())
                    .add(channel);
            if (first) {
                var unused = channel.eventLoop().schedule(this::answerAll, delay.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void answerAll() {
        Map<EventLoop, List<Channel>> now;
        synchronized (waiting) {
            now = new HashMap<>(waiting);
            waiting.clear();
        }
        now.forEach((loop, channels) -> loop.execute(() -> channels.forEach(this::answer)));
    }

    private void answer(Channel channel) {
        var unused = channel.writeAndFlush(answer.retainedDuplicate(), channel.voidPromise());
    }

    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        resources.disposeLater(Duration.ZERO, Duration.ofSeconds(10)).block(Duration.ofSeconds(20)); // command's thread
        answer.release();
    }

    private final class Questions extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            ReferenceCountUtil.release(bytes);
            asked(ctx.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            var unused = ctx.close(); // clients end by a reset
        }
    }
}
