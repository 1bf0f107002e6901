package dev.weir.gateway.flow;

import dev.weir.gateway.policy.CacheRules;
import dev.weir.gateway.policy.Freshness;
import dev.weir.gateway.policy.StoredResponse;
import java.time.Duration;

/** How long a stored response is of any use to the shared tier. */
final class Keep {

    /** A stale response with a validator is worth keeping for a while: a 304 is cheaper than a body. */
    private static final Duration FOR_VALIDATION = Duration.ofHours(1);

    private Keep() {}

    /** Its freshness, the stale windows and the time in which it may validate. */
    static Duration of(StoredResponse stored, CacheRules rules) {
        return Freshness.of(stored.head(), rules)
                .lifetime()
                .plus(rules.stale().ifUnreachable())
                .plus(FOR_VALIDATION);
    }
}
