package dev.weir.gateway.wiring;

import dev.weir.gateway.coalesce.Lease;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.Invalidations;
import dev.weir.gateway.purge.PurgeLog;
import dev.weir.gateway.redis.RedisSettings;
import dev.weir.gateway.redis.Replica;
import dev.weir.gateway.store.SharedTier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** What replicas share: the second tier and the log. */
@Configuration(proxyBeanMethods = false)
class SharingConfiguration {

    @Bean
    Replica replica(Settings settings) {
        return ReplicaName.of(settings);
    }

    @Bean
    Sharing sharing(Settings settings, Replica replica) {
        return settings.redis().uri().isEmpty() ? Sharing.alone(replica.id()) : Sharing.by(redis(settings), replica);
    }

    private static RedisSettings redis(Settings settings) {
        RedisSettings.Lookups lookups = RedisSettings.Lookups.DEFAULT;
        return new RedisSettings(
                settings.redis().uri(),
                RedisSettings.Connecting.DEFAULT,
                new RedisSettings.Lookups(
                        settings.redis().budget(), lookups.maxInFlight(), lookups.maxFailures(), lookups.pause()),
                RedisSettings.Writes.DEFAULT,
                new RedisSettings.Isolation(
                        settings.isolation().maxAge(),
                        settings.isolation().maxAge().dividedBy(5)));
    }

    @Bean
    Generations generations(Sharing sharing) {
        return sharing.generations();
    }

    @Bean(destroyMethod = "") // Sharing closes it
    PurgeLog purgeLog(Sharing sharing) {
        return sharing.log();
    }

    @Bean
    Invalidations invalidations(Generations generations, PurgeLog log) {
        return new Invalidations(generations, log, Schedulers.parallel());
    }

    @Bean
    Lease lease(Sharing sharing) {
        return sharing.lease();
    }

    @Bean(destroyMethod = "") // Sharing closes it
    SharedTier sharedTier(Sharing sharing) {
        return sharing.tier();
    }
}
