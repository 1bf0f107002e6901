package dev.weir.gateway.edge;

import dev.weir.gateway.flow.Inbound;
import dev.weir.gateway.flow.Reply;
import dev.weir.gateway.flow.RequestFlow;
import dev.weir.gateway.http.HttpDate;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.observe.Meters;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** WebFlux's handler: one request into the walk, its reply out. */
public final class GatewayHandler implements WebHandler {

    private final RequestFlow flow;
    private final Meters meters;
    private final Clock clock;

    public GatewayHandler(RequestFlow flow, Meters meters, Clock clock) {
        this.clock = clock;
        this.flow = flow;
        this.meters = meters;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        HttpServerRequest wire = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        Request request = RequestHeads.read(wire, "http");
        Mono<Reply> reply = request == null ? Mono.just(RequestFlow.refuse()) : flow.answer(inbound(request, wire));
        return reply.doOnNext(made -> meters.count(made.outcome()))
                .doOnDiscard(Reply.class, made -> made.unused().run())
                .flatMap(made -> ReplyWriter.write(dated(made), exchange.getResponse(), wire));
    }

    /** RFC 9110 §6.6.1: what has no Date gets one from whoever has a clock. */
    private Reply dated(Reply reply) {
        return reply.head().headers().contains("date") ? reply : reply.with("Date", HttpDate.format(clock.instant()));
    }

    private static String client(HttpServerRequest wire) {
        InetSocketAddress peer = wire.remoteAddress();
        return peer == null || peer.getAddress() == null
                ? "unknown"
                : peer.getAddress().getHostAddress();
    }

    private static Inbound inbound(Request request, HttpServerRequest wire) {
        Channel[] channel = new Channel[1];
        wire.withConnection(connection -> channel[0] = connection.channel());
        return new Inbound(
                request,
                wire.receive().asByteArray(),
                client(wire),
                channel[0].eventLoop(),
                InterimAnswers.relay(channel[0], wire.version()));
    }
}
