package dev.weir.ssr;

import dev.weir.ssr.purge.PurgeSettings;
import dev.weir.ssr.render.RenderSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The origin's own settings; {@code application.yaml} says from which environment variable each comes.
 *
 * @param isolates how many V8 isolates render; null means one for each processor
 * @param queue how many renders may wait
 * @param renderTimeout the longest that one page may wait, and then run
 * @param heapMegabytes the heap limit of one isolate
 * @param databaseUrl an R2DBC address
 * @param purgeUrls the gateway's management addresses
 * @param adminKey for writes and purges; empty means that neither is possible
 */
@ConfigurationProperties("ssr")
record SsrSettings(
        @Nullable Integer isolates,
        @DefaultValue("256") int queue,
        @DefaultValue("2s") Duration renderTimeout,
        @DefaultValue("64") int heapMegabytes,
        String databaseUrl,
        @DefaultValue List<URI> purgeUrls,
        @DefaultValue("") String adminKey) {
    SsrSettings {
        purgeUrls = List.copyOf(purgeUrls);
    }

    RenderSettings render() {
        int threads = isolates == null ? Runtime.getRuntime().availableProcessors() : isolates;
        return new RenderSettings(threads, queue, renderTimeout, heapMegabytes);
    }

    PurgeSettings purge() {
        return PurgeSettings.of(purgeUrls, adminKey);
    }
}
