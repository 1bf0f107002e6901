package dev.weir.gateway.wiring;

import dev.weir.gateway.admin.AdminKey;
import dev.weir.gateway.admin.ExplainEndpoint;
import dev.weir.gateway.admin.ManagementConnections;
import dev.weir.gateway.admin.PurgeEndpoint;
import dev.weir.gateway.admin.ReplicasEndpoint;
import dev.weir.gateway.admin.RoutesEndpoint;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.Invalidations;
import dev.weir.gateway.purge.PurgeLog;
import dev.weir.gateway.redis.Replica;
import dev.weir.gateway.route.RouteWatcher;
import dev.weir.gateway.store.ResponseStore;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.json.JsonMapper;

/** The admin API on the management port. */
@Configuration(proxyBeanMethods = false)
class AdminConfiguration {

    @Bean
    AdminKey adminKey(Settings settings) {
        return new AdminKey(settings.admin().key());
    }

    @Bean
    ManagementConnections managementConnections() {
        return new ManagementConnections();
    }

    /** Loops and pools of its own: the global ones would be closed under another context in the same process. */
    @Bean
    ReactorResourceFactory reactorResources() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setShutdownQuietPeriod(Duration.ZERO);
        resources.setLoopResourcesSupplier(() -> LoopResources.create("weir-management", 1, true));
        return resources;
    }

    @Bean
    PurgeEndpoint.Purges purges(PurgeLog log, Invalidations invalidations) {
        return new PurgeEndpoint.Purges(log, invalidations);
    }

    @Bean
    PurgeEndpoint purgeEndpoint(
            PurgeEndpoint.Purges purges, RouteWatcher watcher, AdminKey key, Settings settings, JsonMapper mapper) {
        // A replica that has died is known to be fenced max-age after the purge, at the next heartbeat.
        Duration wait = settings.isolation().maxAge().multipliedBy(7).dividedBy(5);
        return new PurgeEndpoint(purges, watcher::current, key, wait, mapper);
    }

    @Bean
    ReplicasEndpoint replicasEndpoint(Replica replica, PurgeLog log, Generations generations) {
        return new ReplicasEndpoint(replica.id(), log, generations);
    }

    @Bean
    RoutesEndpoint routesEndpoint(RouteWatcher watcher, AdminKey key) {
        return new RoutesEndpoint(watcher, key);
    }

    @Bean
    ExplainEndpoint explainEndpoint(RouteWatcher watcher, ResponseStore store, Clock clock) {
        return new ExplainEndpoint(watcher::current, store, clock);
    }

    @Bean
    RouterFunction<ServerResponse> adminApi(
            PurgeEndpoint purge, ReplicasEndpoint replicas, RoutesEndpoint routes, ExplainEndpoint explain) {
        return RouterFunctions.route()
                .POST("/purge", purge::handle)
                .GET("/replicas", replicas::handle)
                .GET("/routes", routes::show)
                .POST("/routes/reload", routes::reload)
                .GET("/explain", explain::handle)
                .build();
    }
}
