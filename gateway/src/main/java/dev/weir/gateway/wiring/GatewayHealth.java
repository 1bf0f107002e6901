package dev.weir.gateway.wiring;

import dev.weir.gateway.edge.EdgeServer;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.bool.BooleanUtils;
import reactor.core.publisher.Mono;

/**
 * Ready means: the front door is open and the purges so far are known. Losing Redis later does not make a replica
 * unready: without standing it still serves, only more carefully, and taking all replicas away at once would be worse.
 */
final class GatewayHealth implements ReactiveHealthIndicator {

    private final EdgeServer server;
    private final Sharing sharing;

    GatewayHealth(EdgeServer server, Sharing sharing) {
        this.server = server;
        this.sharing = sharing;
    }

    @Override
    public Mono<Health> health() {
        return BooleanUtils.and(Mono.fromSupplier(server::isRunning), Mono.fromSupplier(sharing::isReady))
                .map(ready -> (ready ? Health.up() : Health.outOfService())
                        .withDetail("port", server.port())
                        .withDetail("standing", sharing.log().standing().holdsAt(System.nanoTime()))
                        .build());
    }
}
