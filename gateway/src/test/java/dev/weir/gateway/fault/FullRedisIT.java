package dev.weir.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis runs out of the memory it may have, under each policy that it knows for that. */
class FullRedisIT {

    /** Ballast in pieces, with a time to live, so that each policy may drop it again; what is refused is refused. */
    private static final String FILL =
            "EVAL \"for i = 1, %d do redis.call('SET', 'ballast:' .. math.random(1, 1000000), "
                    + "string.rep('x', 20000), 'PX', 60000) end return 1\" 0";

    private NearAndFar replicas;
    private Editions origin;

    @BeforeEach
    void start() {
        replicas = new NearAndFar();
        origin = replicas.origin;
    }

    @AfterEach
    void stop() {
        replicas.close();
    }

    private void policy(String policy, String memory) {
        replicas.redis.command("CONFIG SET maxmemory-policy " + policy);
        assertThat(replicas.redis.command("CONFIG SET maxmemory " + memory)).isEqualTo("+OK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allkeys-lru", "volatile-lru"})
    void noPurgedPageReturns(String policy) {
        policy(policy, "4mb");
        for (int i = 0; i < 2; i++) {
            String path = "/page-" + i;
            origin.publish(path, "old");
            assertThat(replicas.near.asked(path)).isEqualTo("old");
            assertThat(replicas.far.asked(path)).isEqualTo("old");
            if (i % 2 == 0) {
                replicas.network.cut();
            }
            origin.publish(path, "new");
            fill(100);

            replicas.purged(path);

            assertThat(replicas.far.asked(path)).isEqualTo("new");
            assertThat(replicas.near.asked(path)).isEqualTo("new");
            fill(100);
            replicas.network.heal();
            Eventually.isTrue(() -> {
                fill(1);
                return replicas.far.stands();
            });
            assertThat(replicas.far.asked(path)).isEqualTo("new");
        }
    }

    private void fill(int pieces) {
        replicas.redis.command(FILL.formatted(pieces));
    }

    @Test
    void aRefusedWriteReachesNoReplyAndNoPurgeIsSaidToHold() {
        origin.publish("/before", "old");
        assertThat(replicas.far.asked("/before")).isEqualTo("old");
        policy("noeviction", "1");
        origin.publish("/before", "new");
        origin.publish("/during", "first");

        assertThat(replicas.near.reply("/during")).startsWith("HTTP/1.1 200").endsWith("first");
        HttpResponse<String> purge = replicas.near.purge("full", "validate", "1s", "/before");

        assertThat(purge.statusCode()).as(purge.body()).isEqualTo(503);
        assertThat(replicas.near.asked("/before")).isEqualTo("new");
        replicas.near.awaitNoStanding(); // no heartbeat is a write that was refused
        replicas.far.awaitNoStanding();
        Eventually.get(() -> replicas.far.asked("/before"), "new"::equals);
        replicas.redis.command("CONFIG SET maxmemory 0");
        replicas.awaitBoth();
        replicas.purged("/before");
        assertThat(replicas.far.asked("/before")).isEqualTo("new");
    }
}
