package dev.weir.ssr.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Counts the requests that reach this origin, those for the actuator aside: what a cache in front has not answered. */
public final class RequestCounter implements WebFilter, Ordered {
    private final Counter requests;

    public RequestCounter(MeterRegistry registry) {
        this.requests = Counter.builder("origin.requests")
                .description("Requests to this origin, the actuator's aside")
                .register(registry);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        if (!path.equals("/actuator") && !path.startsWith("/actuator/")) {
            requests.increment();
        }
        return chain.filter(exchange);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
