package dev.weir.blog;

import dev.weir.blog.purge.PurgeEmitter;
import dev.weir.blog.purge.PurgeStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The emitter's state. A backlog is no illness, it is what the queue is for; only an event refused for good is, until the
 * next one is applied. Not part of readiness: the pages are served either way.
 */
final class PurgeHealth implements HealthIndicator {
    private final PurgeEmitter emitter;

    PurgeHealth(PurgeEmitter emitter) {
        this.emitter = emitter;
    }

    @Override
    public Health health() {
        PurgeStatus status = emitter.status();
        Health.Builder health = status.refused() ? Health.down() : Health.up();
        health.withDetail("emitter", status.off() ? "off" : "on").withDetail("pending", status.pending());
        if (status.lastSuccess() != null) {
            health.withDetail("lastSuccess", status.lastSuccess().toString());
        }
        if (status.lastError() != null) {
            health.withDetail("lastError", status.lastError());
        }
        return health.build();
    }
}
