package dev.weir.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Redis itself stops in the middle of what it does (SIGSTOP), or is slow: nobody waits for it and nothing old comes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrozenRedisIT {

    private final NearAndFar replicas = new NearAndFar();
    private final Editions origin = replicas.origin;
    private final Replica near = replicas.near;
    private final Replica far = replicas.far;

    @BeforeEach
    void allIsWell() {
        replicas.awaitBoth();
    }

    @AfterEach
    void thaw() {
        replicas.redis.thaw();
        replicas.network.heal();
    }

    @AfterAll
    void close() {
        replicas.close();
    }

    @Test
    void hitsGoOn() {
        replicas.redis.freeze();
        near.awaitNoStanding();

        String reply = Eventually.get(
                () -> {
                    String path = "/hit-" + System.nanoTime();
                    origin.publish(path, "old");
                    assertThat(near.asked(path)).isEqualTo("old");
                    return near.reply(path);
                },
                text -> text.contains("weir; hit"));

        assertThat(reply).contains("detail=memory").endsWith("old");
    }

    @Test
    void aPurgeIsRefusedHoldsHereAndIsRecordedLater() {
        origin.publish("/purged", "old");
        assertThat(near.asked("/purged")).isEqualTo("old");
        assertThat(far.asked("/purged")).isEqualTo("old");
        replicas.redis.freeze();
        origin.publish("/purged", "new");

        HttpResponse<String> answer = near.purge("frozen", "hard", "1s", "/purged");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(near.asked("/purged")).isEqualTo("new");
        replicas.redis.thaw();
        Eventually.get(() -> far.asked("/purged"), "new"::equals); // nobody has repeated the purge
        replicas.awaitBoth();
        assertThat(near.asked("/purged")).isEqualTo("new");
        // The emitter does what the answer asked of it
        Eventually.get(() -> near.purge("frozen", "hard", "9s", "/purged").statusCode(), code -> code == 200);
    }

    @Test
    void whatWasOnItsWayWhenItStoppedBringsNothingBack() {
        origin.publish("/late", "old");
        assertThat(near.asked("/late")).isEqualTo("old");
        assertThat(far.asked("/late")).isEqualTo("old");
        replicas.redis.freeze();
        origin.publish("/late-too", "old");
        assertThat(near.asked("/late-too")).isEqualTo("old"); // its write to Redis waits in a socket
        origin.publish("/late", "new");
        origin.publish("/late-too", "new");
        replicas.redis.thaw();

        replicas.purged("/late");
        replicas.purged("/late-too");

        assertThat(far.asked("/late")).isEqualTo("new");
        assertThat(far.asked("/late-too")).isEqualTo("new");
        assertThat(near.asked("/late-too")).isEqualTo("new");
    }

    @Test
    void aSlowLookUpIsAMiss() {
        origin.publish("/slow", "old");
        near.asked("/slow");
        Eventually.isTrue(() -> far.seesInRedis("/slow"));
        replicas.network.delay(Duration.ofMillis(600)); // the budget is 500 ms

        String reply = far.reply("/slow");

        assertThat(reply).startsWith("HTTP/1.1 200").contains("fwd=uri-miss").endsWith("old");
    }

    @Test
    void aLookUpThatBreaksOffIsAMiss() {
        for (int i = 0; i < 5; i++) {
            String path = "/broken-" + i;
            origin.publish(path, "old");
            near.asked(path);
            replicas.network.delay(Duration.ofMillis(100));
            var asking = far.asking(path);

            replicas.network.cut(); // before, while or after it is asked: it must not show

            assertThat(asking.join()).isEqualTo("old");
            replicas.network.heal();
            far.awaitStanding();
        }
    }
}
