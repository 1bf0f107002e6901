package dev.weir.gateway.wiring;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Selectors;
import dev.weir.gateway.policy.Storage;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.store.SharedTier;
import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Walks the way to the shared tier and back some times before clients do. The first look-up of a fresh JVM loads classes
 * for longer than a look-up may take, and would be a miss.
 */
final class WarmUp {

    private static final int ROUNDS = 50;
    private static final int KEEP_MILLIS = 5_000;
    private static final Request PROBE =
            new Request("GET", "http", "warm-up.invalid", "/", null, Headers.empty()); // RFC 2606: nobody's name

    private WarmUp() {}

    /** Writes one response that nobody can ask for and reads it back; bounded by the tier's own budget for each round. */
    static Mono<Void> of(SharedTier tier, Instant now) {
        CacheKey key = CacheKey.of(PROBE);
        StoredResponse probe = Storage.make(
                key,
                PROBE,
                new ResponseHead(200, Headers.of("Cache-Control", "max-age=5")),
                new StoredResponse.Times(now, now),
                new StoredResponse.Provenance(new LogPosition("", 0), "", Selectors.of(key, Headers.empty())),
                new byte[1024]);
        return Mono.fromRunnable(() -> tier.put(probe, KEEP_MILLIS))
                .thenMany(Flux.range(0, ROUNDS).concatMap(round -> tier.find(key, PROBE)))
                .then();
    }
}
