package dev.weir.ssr.web;

import io.netty.channel.Channel;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.server.HttpServer;

/**
 * Has the server read on after each answer.
 *
 * <p>Reactor Netty 1.3.7 forgets to where an answer comes from another thread, as the pages and the actuator's do, the client's next
 * request is there before that answer has been put away, and is answered at once: the one after it waits for ever. To
 * read once too often does no harm: what comes is queued as any request that is sent ahead.
 */
public final class ReadAfterAnswer implements NettyServerCustomizer {

    @Override
    public HttpServer apply(HttpServer server) {
        return server.childObserve(ReadAfterAnswer::readOn);
    }

    private static void readOn(Connection connection, ConnectionObserver.State state) {
        if (state == ConnectionObserver.State.DISCONNECTING) {
            Channel channel = connection.channel();
            channel.eventLoop().execute(channel::read);
        }
    }
}
