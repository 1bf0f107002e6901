package dev.weir.ssr;

import dev.weir.ssr.purge.PurgeEmitter;
import dev.weir.ssr.render.RenderPool;
import dev.weir.ssr.spell.SpellQuery;
import dev.weir.ssr.spell.SpellStore;
import dev.weir.ssr.web.AdminKey;
import dev.weir.ssr.web.Api;
import dev.weir.ssr.web.Assets;
import dev.weir.ssr.web.Failures;
import dev.weir.ssr.web.PageData;
import dev.weir.ssr.web.Pages;
import dev.weir.ssr.web.ReadAfterAnswer;
import dev.weir.ssr.web.RequestCounter;
import dev.weir.ssr.web.SiteRoutes;
import dev.weir.ssr.web.Writes;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.util.Objects;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** The one assembly. The server begins to listen after the last of these is made, so it is ready when it answers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SsrSettings.class)
class SsrConfiguration {
    private static final int DATABASE_THREADS = 8;
    private static final int DATABASE_QUEUE = 1024;
    private static final Duration FIRST_QUERY = Duration.ofSeconds(10);

    @Bean(destroyMethod = "dispose")
    Scheduler databaseScheduler() {
        return Schedulers.newBoundedElastic(DATABASE_THREADS, DATABASE_QUEUE, "database");
    }

    @Bean(destroyMethod = "dispose")
    ConnectionPool connectionPool(SsrSettings settings, JsonMapper mapper) {
        return Spellbook.open(settings.databaseUrl(), mapper);
    }

    @Bean
    SpellStore spellStore(ConnectionPool pool, Scheduler databaseScheduler) {
        TransactionalOperator transaction = TransactionalOperator.create(new R2dbcTransactionManager(pool));
        return new SpellStore(DatabaseClient.create(pool), transaction, databaseScheduler);
    }

    @Bean
    Assets assets() {
        return Assets.load();
    }

    @Bean
    PageData pageData(JsonMapper mapper) {
        return new PageData(mapper);
    }

    @Bean
    RenderPool renderPool(SsrSettings settings, Assets assets, PageData data, SpellStore store, JsonMapper mapper) {
        // The isolates warm up on the first page of the real list.
        String warmUpPage =
                store.list(SpellQuery.of(name -> null)).map(data::list).block(FIRST_QUERY);
        return RenderPool.open(
                settings.render(),
                Assets.serverScript(),
                assets.addresses(mapper),
                Objects.requireNonNull(warmUpPage, "a list is never absent"));
    }

    @Bean
    PurgeEmitter purgeEmitter(SsrSettings settings, JsonMapper mapper) {
        return new PurgeEmitter(settings.purge(), mapper);
    }

    @Bean
    RouterFunction<ServerResponse> siteRoutes(
            SsrSettings settings,
            SpellStore store,
            Pages pages,
            Assets assets,
            PurgeEmitter purges,
            JsonMapper mapper) {
        Writes writes = new Writes(store, purges, new AdminKey(settings.adminKey()), mapper);
        return SiteRoutes.of(pages, new Api(store, mapper), writes, assets, new Failures(mapper));
    }

    @Bean
    Pages pages(SpellStore store, RenderPool pool, PageData data) {
        return new Pages(store, pool, data);
    }

    @Bean
    ReadAfterAnswer readAfterAnswer() {
        return new ReadAfterAnswer();
    }

    @Bean
    RequestCounter requestCounter(MeterRegistry registry) {
        return new RequestCounter(registry);
    }

    @Bean
    HealthIndicator isolatesHealthIndicator(RenderPool pool) {
        return new PoolHealth(pool);
    }

    @Bean
    HealthIndicator purgesHealthIndicator(PurgeEmitter emitter) {
        return new PurgeHealth(emitter);
    }
}
