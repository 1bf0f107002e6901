package dev.weir.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.CacheRules;
import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.Storage;
import dev.weir.gateway.policy.StoredResponse;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryTierTest {

    private static final Request REQUEST = new Request("GET", "http", "a.test", "/page", null, Headers.empty());

    private final MemoryTier memory = new MemoryTier(1 << 20);

    private static Held receivedAt(long second) {
        Instant received = Instant.ofEpochSecond(second);
        StoredResponse stored = Storage.make(
                CacheKey.of(REQUEST),
                REQUEST,
                new ResponseHead(200, Headers.of("Cache-Control", "max-age=60")),
                new StoredResponse.Times(received, received),
                new StoredResponse.Provenance(new LogPosition("run", 0), "rules", Set.of(Selector.ALL)),
                new byte[0]);
        return Held.of(stored, CacheRules.DEFAULT);
    }

    private long kept() {
        return memory.all(CacheKey.of(REQUEST)).get(0).times().received().getEpochSecond();
    }

    @Test
    void aPromotionNeverTakesThePlaceOfWhatWasReceivedLater() {
        memory.put(receivedAt(20));
        memory.promote(receivedAt(10));
        assertThat(kept()).isEqualTo(20);

        memory.promote(receivedAt(30));
        assertThat(kept()).isEqualTo(30);
        assertThat(memory.all(CacheKey.of(REQUEST))).hasSize(1);
    }
}
