package dev.weir.gateway.edge;

import dev.weir.gateway.tunnel.Tunnels;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultEventExecutor;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** The public listener: sockets, limits and timeouts around the {@link GatewayHandler}. Where the walk begins. */
public final class EdgeServer {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeServer.class);

    private final EdgeSettings settings;
    private final GatewayHandler handler;
    private final Tunnels tunnels;
    private final LoopResources loops;
    private final Clock clock;
    private @Nullable DisposableServer server;
    private @Nullable DefaultEventExecutor groupExecutor;

    public EdgeServer(
            EdgeSettings settings, GatewayHandler handler, Tunnels tunnels, LoopResources loops, Clock clock) {
        this.tunnels = tunnels;
        this.clock = clock;
        this.settings = settings;
        this.handler = handler;
        this.loops = loops;
    }

    /**
     * Binds and starts to answer.
     *
     * @throws ChannelBindException when the address or port can't be had
     */
    public synchronized void start() {
        EdgeSettings.Limits limits = settings.limits();
        Doors doors = new Doors(limits, clock);
        groupExecutor = new DefaultEventExecutor();
        ChannelGroup open = new DefaultChannelGroup(groupExecutor); // lets the stop wait for requests in progress
        ReactorHttpHandlerAdapter adapter = new ReactorHttpHandlerAdapter(
                WebHttpHandlerBuilder.webHandler(handler).build());
        DisposableServer bound = HttpServer.create()
                .host(settings.address())
                .port(settings.port())
                .runOn(loops)
                .channelGroup(open)
                .idleTimeout(limits.idle())
                .readTimeout(limits.read())
                .httpRequestDecoder(decoder -> decoder.maxInitialLineLength(limits.maxTargetBytes())
                        .maxHeaderSize(limits.maxHeadBytes())
                        .validateHeaders(true)) // Doors makes codecs by the same bounds
                .doOnChannelInit((observer, channel, address) -> doors.admit(channel))
                .handle(adapter)
                .bindNow();
        server = bound;
        LOG.info("Listening on {}:{}", bound.host(), bound.port());
    }

    /** The port it listens on; -1 before the start and after the stop. */
    public synchronized int port() {
        return server == null ? -1 : server.port();
    }

    public synchronized boolean isRunning() {
        return server != null;
    }

    /** Takes no more connections, lets requests in progress end within the grace, then closes what is left. Blocks. */
    public synchronized void stop() {
        DisposableServer running = server;
        if (running == null) {
            return;
        }
        server = null;
        try {
            running.disposeNow(settings.grace());
        } catch (IllegalStateException graceIsOver) {
            LOG.warn("Requests and tunnels still open after {} were cut off", settings.grace());
        }
        tunnels.close();
        if (groupExecutor != null) {
            groupExecutor.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
