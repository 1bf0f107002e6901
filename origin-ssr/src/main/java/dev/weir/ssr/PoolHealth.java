package dev.weir.ssr;

import dev.weir.ssr.render.RenderPool;
import dev.weir.ssr.render.RenderStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up as long as one isolate serves; part of readiness. */
final class PoolHealth implements HealthIndicator {
    private final RenderPool pool;

    PoolHealth(RenderPool pool) {
        this.pool = pool;
    }

    @Override
    public Health health() {
        RenderStatus status = pool.status();
        return (status.live() > 0 ? Health.up() : Health.down())
                .withDetail("isolates", status.isolates())
                .withDetail("live", status.live())
                .withDetail("queued", status.queued())
                .withDetail("queueLimit", status.queueLimit())
                .withDetail("renders", status.renders())
                .withDetail("failures", status.failures())
                .withDetail("refused", status.refused())
                .withDetail("replaced", status.replaced())
                .build();
    }
}
