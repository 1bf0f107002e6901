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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryTierTest {

    private static final Request REQUEST = new Request("GET", "http", "a.test", "/page", null, Headers.empty());

    private final MemoryTier memory = new MemoryTier(1 << 20);

    private static Held receivedAt(long second) {
        return received(second, new ResponseHead(200, Headers.of("Cache-Control", "max-age=60")));
    }

    private static Held part(long second, String etag) {
        return received(second, new ResponseHead(206, Headers.of("ETag", etag, "Content-Range", "bytes 0-0/10")));
    }

    private static Held received(long second, ResponseHead head) {
        Instant received = Instant.ofEpochSecond(second);
        StoredResponse stored = Storage.make(
                CacheKey.of(REQUEST),
                REQUEST,
                head,
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

    @ParameterizedTest
    @CsvSource({"'\"a\"', '\"a\"', 10", "'\"a\"', 'W/\"a\"', 10", "none, '\"a\"', 10", "'\"a\"', '\"b\"', 20"})
    @DisplayName("a part takes the place of the whole only where its tag says that it is of another representation")
    void partsAndWholes(String whole, String part, long kept) {
        memory.put(received(10, new ResponseHead(200, Headers.of("ETag", whole))));

        memory.put(part(20, part));

        assertThat(kept()).isEqualTo(kept);
        assertThat(memory.all(CacheKey.of(REQUEST))).hasSize(1);
    }

    @Test
    @DisplayName("the whole takes the place of a part")
    void wholeAfterPart() {
        memory.put(part(10, "\"a\""));
        memory.put(received(20, new ResponseHead(200, Headers.of("ETag", "\"a\""))));

        assertThat(memory.all(CacheKey.of(REQUEST)))
                .extracting(StoredResponse::status)
                .containsExactly(200);
    }
}
