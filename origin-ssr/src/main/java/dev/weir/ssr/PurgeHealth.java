package dev.weir.ssr;

import dev.weir.ssr.purge.PurgeEmitter;
import dev.weir.ssr.purge.PurgeStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Tells how the purges go. Always up: a gateway that is away is no reason to stop serving it. */
final class PurgeHealth implements HealthIndicator {
    private final PurgeEmitter emitter;

    PurgeHealth(PurgeEmitter emitter) {
        this.emitter = emitter;
    }

    @Override
    public Health health() {
        PurgeStatus status = emitter.status();
        return Health.up()
                .withDetail("enabled", status.enabled())
                .withDetail("pending", status.pending())
                .withDetail("applied", status.applied())
                .withDetail("refused", status.refused())
                .withDetail("merged", status.merged())
                .withDetail("problem", status.problem())
                .build();
    }
}
