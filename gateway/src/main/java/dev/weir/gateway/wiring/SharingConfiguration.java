package dev.weir.gateway.wiring;

import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.LocalPurgeLog;
import dev.weir.gateway.purge.PurgeLog;
import dev.weir.gateway.store.NoSharedTier;
import dev.weir.gateway.store.SharedTier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What replicas share: the second tier and the log. */
@Configuration(proxyBeanMethods = false)
class SharingConfiguration {

    @Bean
    Generations generations() {
        return new Generations(LocalPurgeLog.start());
    }

    @Bean
    PurgeLog purgeLog(Generations generations) {
        return new LocalPurgeLog("alone", generations);
    }

    @Bean
    SharedTier sharedTier() {
        return new NoSharedTier();
    }
}
