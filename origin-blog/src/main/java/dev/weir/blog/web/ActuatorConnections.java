package dev.weir.blog.web;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Ends the connection after each answer of the actuator.
 *
 * <p>Its endpoints block, so their answers are written from a worker thread. If the client's next request then arrives
 * before the server has put the last answer away, Reactor Netty 1.3.7 buffers it, answers it, and never reads from that
 * connection again: the request after it would wait for ever. Pages are written on the event loop and keep theirs.
 */
public final class ActuatorConnections implements WebFilter {
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (Actuator.owns(exchange)) {
            exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        }
        return chain.filter(exchange);
    }
}
