package dev.weir.gateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.netty.NettyPipeline;

/** Prepares each new connection of a client, and closes it at once where there are as many as there may be. */
final class Doors {

    private static final RawTarget RAW_TARGET = new RawTarget();

    private final EdgeSettings.Limits limits;
    private final Clock clock;
    private final AtomicInteger open = new AtomicInteger();

    Doors(EdgeSettings.Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** As every connection begins with it. */
    private HttpServerCodec codec() {
        return new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.maxTargetBytes())
                .setMaxHeaderSize(limits.maxHeadBytes()));
    }

    void admit(Channel channel) {
        if (open.incrementAndGet() > limits.connections()) {
            channel.unsafe().closeForcibly();
            open.decrementAndGet();
            return;
        }
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addFirst(new Outflow(limits.write()));
        pipeline.addAfter(NettyPipeline.HttpCodec, "weir.interimAnswers", new InterimAnswers());
        pipeline.addBefore(NettyPipeline.HttpTrafficHandler, "weir.upgradeGate", new UpgradeGate(this::codec));
        pipeline.addBefore(NettyPipeline.HttpTrafficHandler, "weir.requestGuard", new RequestGuard(clock));
        pipeline.addBefore(NettyPipeline.HttpTrafficHandler, "weir.rawTarget", RAW_TARGET);
        pipeline.addBefore(NettyPipeline.HttpTrafficHandler, "weir.readAfterAnswer", ReadAfterAnswer.INSTANCE);
    }
}
