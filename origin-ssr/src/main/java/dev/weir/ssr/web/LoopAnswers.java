package dev.weir.ssr.web;

import java.util.concurrent.Executor;
import org.reactivestreams.Publisher;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Writes every answer on the event loop of its connection, wherever it was made: pages come from the isolates' threads,
 * the actuator's from workers.
 *
 * <p>If the client's next request arrives before an answer from another thread has been put away, Reactor Netty 1.3.7
 * buffers that request, answers it, and never reads from the connection again: the request after it waits for ever.
 */
public final class LoopAnswers implements WebFilter, Ordered {

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpServerRequest wire = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        Executor[] loop = new Executor[1];
        wire.withConnection(connection -> loop[0] = connection.channel().eventLoop());
        ServerHttpResponse onLoop = new OnLoop(exchange.getResponse(), Schedulers.fromExecutor(loop[0]));
        return chain.filter(exchange.mutate().response(onLoop).build());
    }

    private static final class OnLoop extends ServerHttpResponseDecorator {

        private final Scheduler loop;

        OnLoop(ServerHttpResponse response, Scheduler loop) {
            super(response);
            this.loop = loop;
        }

        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
            return super.writeWith(body).subscribeOn(loop);
        }

        @Override
        public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
            return super.writeAndFlushWith(body).subscribeOn(loop);
        }

        @Override
        public Mono<Void> setComplete() {
            return super.setComplete().subscribeOn(loop);
        }
    }
}
