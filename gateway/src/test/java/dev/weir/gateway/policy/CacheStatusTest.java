package dev.weir.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.StructuredFields;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("RFC 9211: Cache-Status")
class CacheStatusTest {

    @Test
    @DisplayName("§2.1: a hit, with its remaining freshness; negative once stale (§2.4)")
    void hit() {
        assertThat(CacheStatus.hit().value()).isEqualTo("weir; hit");
        assertThat(CacheStatus.hit().withTtl(Duration.ofSeconds(30)).value()).isEqualTo("weir; hit; ttl=30");
        assertThat(CacheStatus.hit().withTtl(Duration.ofMillis(-1)).value()).isEqualTo("weir; hit; ttl=-1");
    }

    @Test
    @DisplayName("§2.2 to §2.8: forwarded, with all there is to say")
    void forwarded() {
        assertThat(CacheStatus.forwarded(CacheStatus.Forward.STALE)
                        .withForwardStatus(304)
                        .withTtl(Duration.ofSeconds(60))
                        .withStored()
                        .withCollapsed()
                        .withKey("https://h/a\"b")
                        .withDetail("purged")
                        .value())
                .isEqualTo(
                        "weir; fwd=stale; fwd-status=304; ttl=60; stored; collapsed; key=\"https://h/a\\\"b\"; detail=purged");
    }

    @Test
    @DisplayName("§2.8: a detail that is no token is a string")
    void detail() {
        assertThat(CacheStatus.hit().withDetail("no such thing").value())
                .isEqualTo("weir; hit; detail=\"no such thing\"");
    }

    @ParameterizedTest
    @EnumSource(CacheStatus.Forward.class)
    @DisplayName("§2: the value is a list with one item; fwd is a token")
    void wellFormed(CacheStatus.Forward reason) {
        String value = CacheStatus.forwarded(reason).withKey("é\n").value();

        assertThat(StructuredFields.list(value)).singleElement().satisfies(member -> {
            assertThat(member.parameters().get("fwd")).isInstanceOf(StructuredFields.Token.class);
            assertThat(member.parameters().get("key")).isEqualTo(new StructuredFields.Text("??"));
        });
    }
}
