package dev.weir.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis loses what it had, all of it or a part: the log, its head, the registry. */
class RedisLossIT {

    private NearAndFar replicas;
    private Editions origin;
    private Replica near;
    private Replica far;

    @BeforeEach
    void start() {
        replicas = new NearAndFar();
        origin = replicas.origin;
        near = replicas.near;
        far = replicas.far;
    }

    @AfterEach
    void stop() {
        replicas.close();
    }

    private void page(String path) {
        origin.publish(path, "old");
        assertThat(far.asked(path)).isEqualTo("old");
    }

    private void awaitAnotherRunThan(String run) {
        Eventually.isTrue(() -> near.stands() && !near.log().standing().run().equals(run));
        Eventually.isTrue(() -> far.stands() && !far.log().standing().run().equals(run));
    }

    private void lose() {
        String run = near.log().standing().run();
        replicas.redis.restartEmpty();
        awaitAnotherRunThan(run);
    }

    @Test
    void whatWasFetchedBeforeItsLossIsValidatedOnce() {
        page("/kept");
        lose();

        String first = far.reply("/kept");

        assertThat(first).contains("fwd-status=304").endsWith("old");
        // On a machine that stands still standing may be lost again, and with it another hit
        int validated = Eventually.get(
                () -> {
                    int before = origin.count("/kept");
                    return far.reply("/kept").contains("weir; hit") ? before : -1;
                },
                count -> count > 0);
        assertThat(validated).isGreaterThanOrEqualTo(2);
        assertThat(origin.requests("/kept").get(1)).containsEntry("if-none-match", "\"old\"");
    }

    @Test
    void aHardPurgeOfBeforeItsLossStaysKnown() {
        page("/hard");
        replicas.purgedAs("hard", "/hard");
        lose();

        assertThat(far.asked("/hard")).isEqualTo("old");

        // Not offered for validation: to this replica the purged one does not exist
        assertThat(origin.requests("/hard").get(1)).doesNotContainKey("if-none-match");
    }

    @Test
    void aPurgeThatIsLostWithTheLogIsMadeUpForByValidation() {
        page("/lost");
        replicas.network.cut();
        origin.publish("/lost", "new");
        replicas.recorded("/lost"); // 202: the far one will never hear of it
        String run = near.log().standing().run();
        replicas.redis.restartEmpty();
        replicas.network.heal();
        awaitAnotherRunThan(run);

        assertThat(far.asked("/lost")).isEqualTo("new");
        assertThat(near.asked("/lost")).isEqualTo("new");
    }

    @Test
    void whoHadARowInTheLostRegistryIsWaitedFor() {
        page("/row");
        replicas.network.cut();
        origin.publish("/row", "new");
        replicas.redis.restartEmpty();

        String answer = replicas.purged("/row");

        assertThat(far.asked("/row")).isEqualTo("new");
        assertThat(NearAndFar.status(answer, "far")).isEqualTo("fenced");
    }

    @Test
    void whoHadARowIsWaitedForThoughOnlyTheRegistryIsLost() {
        page("/registry");
        replicas.network.cut();
        origin.publish("/registry", "new");
        replicas.redis.command("DEL " + NearAndFar.LOG); // as eviction may do under allkeys-lru

        String answer = replicas.purged("/registry");

        assertThat(far.asked("/registry")).isEqualTo("new");
        assertThat(NearAndFar.status(answer, "far")).isEqualTo("fenced");
    }

    @Test
    void anEmptiedRedisIsALostOne() {
        page("/emptied");
        replicas.network.cut();
        origin.publish("/emptied", "new");
        replicas.redis.command("FLUSHALL");

        replicas.purgedAs("hard", "/emptied");

        assertThat(far.asked("/emptied")).isEqualTo("new");
        replicas.network.heal();
        far.awaitStanding();
        assertThat(far.asked("/emptied")).isEqualTo("new");
    }

    @Test
    void aPurgeTrimmedOffTheLogBeforeItWasReadIsMadeUpFor() {
        page("/trimmed");
        replicas.network.cut();
        origin.publish("/trimmed", "new");
        replicas.purged("/trimmed");
        replicas.redis.command("XTRIM {weir}:log MAXLEN 0");
        replicas.network.heal();
        far.awaitStanding();

        assertThat(far.asked("/trimmed")).isEqualTo("new");
    }

    @Test
    void nobodyJoinsAFlightThatAPurgeTrimmedOffTheLogHasStruck() {
        origin.publish("/patient/flown", "old");
        origin.hold("/patient/flown");
        CompletableFuture<String> early = far.asking("/patient/flown");
        origin.awaitAsked("/patient/flown", 1);
        replicas.network.cut();
        origin.publish("/patient/flown", "new");
        CompletableFuture<Void> release = origin.answerOthers("/patient/flown");
        replicas.purged("/patient/flown");
        replicas.redis.command("XTRIM {weir}:log MAXLEN 0");
        replicas.network.heal();
        far.awaitStanding();

        CompletableFuture<String> late = far.asking("/patient/flown");

        origin.awaitAsked("/patient/flown", 2); // or it would wait with the one of before
        release.complete(null);
        assertThat(late.join()).isEqualTo("new");
        assertThat(early.join()).isIn("old", "new");
        assertThat(far.asked("/patient/flown")).isEqualTo("new");
    }
}
