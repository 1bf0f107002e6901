package dev.weir.gateway.admin;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Ends the connection after each answer of the management port.
 *
 * <p>Many of its answers come from worker threads. Reactor Netty 1.3.7 may lose a keep-alive request that arrives while
 * such an answer is being finished, and then never reads that connection again. Nobody talks to this port so often that
 * a connection saved would matter.
 */
public final class ManagementConnections implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        return chain.filter(exchange);
    }
}
