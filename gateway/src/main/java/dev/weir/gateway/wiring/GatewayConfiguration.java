package dev.weir.gateway.wiring;

import dev.weir.gateway.coalesce.Lease;
import dev.weir.gateway.edge.EdgeServer;
import dev.weir.gateway.edge.EdgeSettings;
import dev.weir.gateway.edge.GatewayHandler;
import dev.weir.gateway.encode.Recompressor;
import dev.weir.gateway.flow.FlowParts;
import dev.weir.gateway.flow.RequestFlow;
import dev.weir.gateway.observe.Meters;
import dev.weir.gateway.origin.Origins;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.Invalidations;
import dev.weir.gateway.purge.PurgeLog;
import dev.weir.gateway.route.Hangup;
import dev.weir.gateway.route.InvalidRoutes;
import dev.weir.gateway.route.Reload;
import dev.weir.gateway.route.RouteWatcher;
import dev.weir.gateway.store.MemoryTier;
import dev.weir.gateway.store.ResponseStore;
import dev.weir.gateway.store.SharedTier;
import dev.weir.gateway.tunnel.Tunnels;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import reactor.netty.resources.LoopResources;

/** The assembly of the request path, from the leaves to the socket. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(Settings.class)
@Import({SharingConfiguration.class, AdminConfiguration.class})
public class GatewayConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** The event loops of clients and origins: the same, so that a miss need not change threads. */
    @Bean(destroyMethod = "dispose")
    LoopResources loops() {
        return LoopResources.create("weir", Math.max(2, Runtime.getRuntime().availableProcessors()), true);
    }

    @Bean
    RouteWatcher routeWatcher(Settings settings) throws InvalidRoutes {
        return RouteWatcher.open(settings.configDirectory().resolve("routes.yaml"), System.getenv());
    }

    /** SIGHUP reads the routes again. */
    @Bean
    Hangup hangup(RouteWatcher watcher) {
        return Hangup.runs(watcher::reload);
    }

    @Bean
    MemoryTier memoryTier(Settings settings) {
        return new MemoryTier(settings.store().memory().bytes());
    }

    @Bean
    ResponseStore responseStore(MemoryTier memory, SharedTier shared, Generations generations, PurgeLog log) {
        return new ResponseStore(memory, shared, generations, log);
    }

    @Bean
    Recompressor recompressor() {
        return new Recompressor(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), 256);
    }

    @Bean
    Origins origins(LoopResources loops, Settings settings) {
        return new Origins(
                loops,
                new Origins.Patience(
                        settings.limits().upload(), settings.limits().tunnelIdle()));
    }

    @Bean
    Tunnels tunnels(Settings settings) {
        return new Tunnels(settings.limits().tunnels(), settings.limits().tunnelIdle());
    }

    @Bean
    FlowParts flowParts(
            ResponseStore store,
            Generations generations,
            Invalidations invalidations,
            Origins origins,
            Tunnels tunnels,
            Lease lease,
            Recompressor recompressor,
            Clock clock,
            Settings settings) {
        return new FlowParts(
                store,
                generations,
                invalidations,
                origins,
                tunnels,
                lease,
                recompressor,
                clock,
                new FlowParts.Bounds(
                        settings.coalesce().inFlight().bytes(),
                        settings.coalesce().stallTimeout()),
                settings.cacheStatusKey());
    }

    @Bean
    RequestFlow requestFlow(FlowParts parts, RouteWatcher watcher) {
        RequestFlow flow = new RequestFlow(parts, watcher.current());
        watcher.addListener(reload -> {
            if (reload.outcome() == Reload.Outcome.APPLIED) {
                flow.retable(reload.after());
            }
        });
        flow.retable(watcher.current()); // a reload may have come in between
        return flow;
    }

    @Bean
    Meters meters(MeterRegistry registry, RequestFlow flow, FlowParts parts, MemoryTier memory, Sharing sharing) {
        Meters meters = new Meters(registry);
        FlowMeters.publish(meters, flow, parts);
        meters.level("weir.memory.bytes", "Bytes in the memory tier", memory, MemoryTier::bytes);
        meters.level("weir.memory.keys", "Keys in the memory tier", memory, MemoryTier::keys);
        sharing.publish(meters);
        return meters;
    }

    @Bean
    GatewayHandler gatewayHandler(RequestFlow flow, Meters meters, Clock clock) {
        return new GatewayHandler(flow, meters, clock);
    }

    @Bean
    EdgeServer edgeServer(
            Settings settings, GatewayHandler handler, Tunnels tunnels, LoopResources loops, Clock clock) {
        EdgeSettings.Limits limits = new EdgeSettings.Limits(
                (int) settings.limits().target().bytes(),
                (int) settings.limits().head().bytes(),
                settings.limits().idle(),
                settings.limits().read(),
                settings.limits().write(),
                settings.limits().connections());
        return new EdgeServer(
                new EdgeSettings(settings.address(), settings.port(), limits, settings.shutdownGrace()),
                handler,
                tunnels,
                loops,
                clock);
    }

    @Bean
    EdgeLifecycle edgeLifecycle(EdgeServer server) {
        return new EdgeLifecycle(server);
    }

    /** Part of readiness, by this name. */
    @Bean
    ReactiveHealthIndicator gatewayHealthIndicator(EdgeServer server, Sharing sharing) {
        return new GatewayHealth(server, sharing);
    }
}
