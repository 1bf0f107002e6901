package dev.weir.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Nothing fails, but a purge is answered 200 while something of before it is still under way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LatePurgeIT {

    private final NearAndFar replicas = new NearAndFar("5s");
    private final Editions origin = replicas.origin;
    private final Replica near = replicas.near;
    private final Replica far = replicas.far;

    @BeforeEach
    void allIsWell() {
        replicas.awaitBoth();
    }

    @AfterAll
    void close() {
        replicas.close();
    }

    @Test
    void aFlightOfBeforeDoesNotTakeThePlaceOfWhatCameAfter() {
        origin.publish("/flight", "old");
        origin.hold("/flight");
        CompletableFuture<String> early = far.asking("/flight");
        origin.awaitAsked("/flight", 1);
        origin.publish("/flight", "new");
        CompletableFuture<Void> release = origin.answerOthers("/flight");
        replicas.purged("/flight");
        assertThat(far.asked("/flight")).isEqualTo("new");

        release.complete(null);

        assertThat(early.join()).isEqualTo("old"); // who asked before may have it
        String after = far.reply("/flight");
        assertThat(after).contains("weir; hit").endsWith("new");
        assertThat(far.explained("/flight")).doesNotContain("\"old\"");
        assertThat(origin.count("/flight")).isEqualTo(2);
    }

    @Test
    void norIsItOfferedToTheOthers() {
        origin.publish("/offered", "old");
        origin.hold("/offered");
        CompletableFuture<String> early = far.asking("/offered");
        origin.awaitAsked("/offered", 1);
        CompletableFuture<Void> release = origin.answerOthers("/offered");
        replicas.purgedAs("hard", "/offered");

        release.complete(null);

        assertThat(early.join()).isEqualTo("old");
        origin.publish("/offered", "new");
        assertThat(near.asked("/offered")).isEqualTo("new");
        assertThat(far.asked("/offered")).isEqualTo("new");
    }

    @Test
    void aConfirmationOfBeforeAHardPurgeBringsNothingBack() {
        origin.publish("/confirmed", "old");
        assertThat(far.asked("/confirmed")).isEqualTo("old");
        origin.hold("/confirmed");
        CompletableFuture<String> confirming =
                CompletableFuture.supplyAsync(() -> far.reply("/confirmed", "Cache-Control: no-cache"));
        origin.awaitAsked("/confirmed", 2);
        CompletableFuture<Void> release = origin.answerOthers("/confirmed");
        origin.publish("/confirmed", "new");
        replicas.purgedAs("hard", "/confirmed");

        release.complete(null); // 304: what you have is good

        assertThat(confirming.join()).endsWith("new");
        assertThat(origin.requests("/confirmed").get(1)).containsEntry("if-none-match", "\"old\"");
        assertThat(origin.requests("/confirmed").get(2)).doesNotContainKey("if-none-match");
        assertThat(far.asked("/confirmed")).isEqualTo("new");
    }

    @Test
    void aConfirmationOfBeforeAValidatePurgeIsNotOneOfAfter() {
        origin.publish("/again", "old");
        assertThat(far.asked("/again")).isEqualTo("old");
        origin.hold("/again");
        CompletableFuture<String> confirming =
                CompletableFuture.supplyAsync(() -> far.reply("/again", "Cache-Control: no-cache"));
        origin.awaitAsked("/again", 2);
        CompletableFuture<Void> release = origin.answerOthers("/again");
        origin.publish("/again", "new");
        replicas.purged("/again");

        release.complete(null);

        assertThat(confirming.join()).startsWith("HTTP/1.1 200");
        assertThat(far.asked("/again")).isEqualTo("new");
        assertThat(near.asked("/again")).isEqualTo("new");
    }

    @Test
    void whatRedisHasFromBeforeIsNotTakenIntoMemory() {
        origin.publish("/promoted", "old");
        assertThat(near.asked("/promoted")).isEqualTo("old");
        Eventually.isTrue(() -> far.seesInRedis("/promoted"));
        replicas.purgedAs("hard", "/promoted");
        origin.hold("/promoted");

        CompletableFuture<String> asking = far.asking("/promoted");

        origin.awaitAsked("/promoted", 2);
        assertThat(far.explained("/promoted")).contains("\"memory\" : [ ]");
        origin.publish("/promoted", "new");
        origin.answerOthers("/promoted").complete(null);
        asking.join();
        assertThat(origin.requests("/promoted").get(1)).doesNotContainKey("if-none-match");
    }

    @Test
    void onlyIfCachedGetsNothingOfBeforeEither() {
        origin.publish("/only", "old");
        assertThat(near.asked("/only")).isEqualTo("old");
        Eventually.isTrue(() -> far.seesInRedis("/only"));
        replicas.purgedAs("hard", "/only");

        assertThat(far.reply("/only", "Cache-Control: only-if-cached")).startsWith("HTTP/1.1 504");
        assertThat(near.reply("/only", "Cache-Control: only-if-cached")).startsWith("HTTP/1.1 504");
    }
}
