package dev.weir.blog.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Counts what reaches this origin, whatever comes of it; the actuator's own requests don't count. */
public final class RequestCounter implements WebFilter {
    private final Counter requests;

    public RequestCounter(MeterRegistry registry) {
        this.requests = Counter.builder("origin.requests")
                .description("Requests received, without those to the actuator")
                .register(registry);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!Actuator.owns(exchange)) {
            requests.increment();
        }
        return chain.filter(exchange);
    }
}
