package dev.weir.gateway.wiring;

import dev.weir.gateway.edge.EdgeServer;
import dev.weir.gateway.purge.PurgeLog;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Ready means: the front door is open. Without standing the gateway still serves, only more carefully. */
final class GatewayHealth implements HealthIndicator {

    private final EdgeServer server;
    private final PurgeLog log;

    GatewayHealth(EdgeServer server, PurgeLog log) {
        this.server = server;
        this.log = log;
    }

    @Override
    public Health health() {
        Health.Builder health = server.isRunning() ? Health.up() : Health.outOfService();
        return health.withDetail("port", server.port())
                .withDetail("standing", log.standing().holdsAt(System.nanoTime()))
                .build();
    }
}
