package dev.weir.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {

    @Test
    void credentialsAreNotPrinted() {
        assertThat(RedisSettings.of("rediss://user:s3cr@t@redis.example:6379/0").toString())
                .doesNotContain("user", "s3cr", "t@redis")
                .contains("rediss://…@redis.example:6379/0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis-sentinel://u:pw@a:26379",
                "redis://u:pw@a:1,b:2",
                "http://u:pw@a",
                "u:pw@a",
            })
    void whatNamesNoServerIsRefusedWithoutTellingItsCredentials(String uri) {
        assertThatThrownBy(() -> RedisSettings.of(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redis.uri")
                .hasMessageContaining("expected")
                .hasMessageNotContaining("pw");
    }

    @Test
    void aHeartbeatMustFitThriceIntoStanding() {
        assertThatThrownBy(() -> new RedisSettings.Isolation(Duration.ofSeconds(5), Duration.ofSeconds(2)))
                .hasMessageContaining("redis.isolation.heartbeat");
    }

    @Test
    void durationsArePositive() {
        assertThatThrownBy(() -> new RedisSettings.Lookups(Duration.ZERO, 1, 1, Duration.ofSeconds(1)))
                .hasMessageContaining("redis.lookups.budget");
    }
}
