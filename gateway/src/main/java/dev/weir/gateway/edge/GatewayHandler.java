package dev.weir.gateway.edge;

import dev.weir.gateway.flow.Inbound;
import dev.weir.gateway.flow.Reply;
import dev.weir.gateway.flow.RequestFlow;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.observe.Meters;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** WebFlux's handler: one request into the walk, its reply out. Step 3 of the walk. */
public final class GatewayHandler implements WebHandler {

    private final RequestFlow flow;
    private final Meters meters;

    public GatewayHandler(RequestFlow flow, Meters meters) {
        this.flow = flow;
        this.meters = meters;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        HttpServerRequest wire = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        Request request = RequestHeads.read(wire, "http");
        if (request == null) {
            exchange.getResponse().setStatusCode(HttpStatus.BAD_REQUEST);
            return exchange.getResponse().setComplete();
        }
        Inbound in = new Inbound(request, wire.receive().asByteArray(), client(wire), loop(wire));
        return flow.answer(in)
                .doOnNext(reply -> meters.count(reply.outcome()))
                .doOnDiscard(Reply.class, reply -> reply.unused().run())
                .flatMap(reply -> ReplyWriter.write(reply, exchange.getResponse(), wire));
    }

    private static String client(HttpServerRequest wire) {
        InetSocketAddress peer = wire.remoteAddress();
        return peer == null || peer.getAddress() == null
                ? "unknown"
                : peer.getAddress().getHostAddress();
    }

    private static Executor loop(HttpServerRequest wire) {
        Executor[] loop = new Executor[1];
        wire.withConnection(connection -> loop[0] = connection.channel().eventLoop());
        return loop[0];
    }
}
