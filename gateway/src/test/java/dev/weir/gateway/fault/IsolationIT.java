package dev.weir.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.FaultProxy;
import dev.weir.gateway.testkit.FaultProxy.Way;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One replica cannot be reached while a purge is answered 200: nobody gets from it what is older than that purge. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationIT {

    /** How the way between the far replica and Redis fails. */
    enum Isolation {
        CUT,
        FROZEN,
        DEAF,
        DUMB,
        HALF_OPEN,
        /** Look-ups and writes go on: only the log is not heard. */
        WITHOUT_LOG,
        LOG_HALF_OPEN;

        void strike(FaultProxy network) {
            switch (this) {
                case CUT -> network.cut();
                case FROZEN -> network.freeze(Way.TO_SERVER, Way.TO_CLIENT);
                case DEAF -> network.freeze(Way.TO_CLIENT);
                case DUMB -> network.freeze(Way.TO_SERVER);
                case HALF_OPEN -> network.lose();
                case WITHOUT_LOG -> network.freezeThoseWith(NearAndFar.LOG);
                case LOG_HALF_OPEN -> network.loseThoseWith(NearAndFar.LOG);
            }
        }
    }

    private final NearAndFar replicas = new NearAndFar();
    private final Editions origin = replicas.origin;
    private final Replica near = replicas.near;
    private final Replica far = replicas.far;

    @AfterEach
    void heal() {
        replicas.network.heal();
    }

    @AfterAll
    void close() {
        replicas.close();
    }

    private String page(Object name) {
        String path = "/" + name.toString().toLowerCase(Locale.ROOT) + "-" + System.nanoTime();
        origin.publish(path, "old");
        return path;
    }

    @ParameterizedTest
    @EnumSource
    void nothingFromBeforeThePurgeComesFromMemoryRedisOrAFlight(Isolation isolation) {
        String held = page("held-" + isolation);
        String stored = page("stored-" + isolation);
        String flown = page("patient/" + isolation); // who joins a flight there waits for it
        replicas.awaitBoth();
        assertThat(far.asked(held)).isEqualTo("old");
        assertThat(near.asked(stored)).isEqualTo("old");
        Eventually.isTrue(() -> far.seesInRedis(stored));
        origin.hold(flown);
        CompletableFuture<String> early = far.asking(flown);
        origin.awaitAsked(flown, 1);

        isolation.strike(replicas.network);
        List.of(held, stored, flown).forEach(path -> origin.publish(path, "new"));
        CompletableFuture<Void> release = origin.answerOthers(flown);
        replicas.recorded(held); // 202: it may have standing yet
        String answer = replicas.purged(held, stored, flown);

        assertThat(NearAndFar.status(answer, "far")).isEqualTo("fenced");
        assertThat(far.asked(held)).isEqualTo("new");
        assertThat(far.asked(stored)).isEqualTo("new");
        assertThat(far.asked(flown)).isEqualTo("new"); // while the one of before is still on its way
        release.complete(null);
        assertThat(early.join()).isIn("old", "new");
        assertAllNew(held, stored);
        assertThat(far.asked(flown)).isEqualTo("new");
        replicas.network.heal();
        far.awaitStanding();
        assertAllNew(held, stored);
        assertThat(far.asked(flown)).isEqualTo("new");
    }

    private void assertAllNew(String... paths) {
        for (String path : paths) {
            assertThat(far.asked(path)).as("far" + path).isEqualTo("new");
            assertThat(near.asked(path)).as("near" + path).isEqualTo("new");
        }
    }

    @Test
    void whoIsCutOffServesWhatItJustFetchedAndValidatesItLater() {
        replicas.awaitBoth();
        replicas.network.cut();
        far.awaitNoStanding();

        // May take some tries on a machine that stands still for longer than the standing lasts
        String recent = Eventually.get(
                () -> {
                    String path = page("recent");
                    far.asked(path);
                    return origin.count(path) == 1 && far.reply(path).contains("weir; hit") ? path : "";
                },
                path -> !path.isEmpty());

        assertThat(origin.count(recent)).isEqualTo(1);
        Eventually.get(() -> far.reply(recent), reply -> reply.contains("fwd-status=304"));
        assertThat(far.asked(recent)).isEqualTo("old");
        assertThat(far.stands()).isFalse();
    }

    @Test
    void aPurgeWaitsForWhatWasFetchedWhileCutOff() {
        replicas.awaitBoth();
        replicas.network.cut();
        String silent = replicas.purged(page("silent"));
        assertThat(NearAndFar.status(silent, "far")).isEqualTo("fenced"); // for long: that is not to be enough
        String held = page("held");
        String flown = page("patient/flown");
        origin.hold(flown);
        CompletableFuture<String> early = far.asking(flown);
        origin.awaitAsked(flown, 1);
        assertThat(far.asked(held)).isEqualTo("old");
        List.of(held, flown).forEach(path -> origin.publish(path, "new"));
        CompletableFuture<Void> release = origin.answerOthers(flown);

        replicas.purged(held, flown);

        assertThat(far.asked(held)).isEqualTo("new");
        assertThat(far.asked(flown)).isEqualTo("new");
        release.complete(null);
        assertThat(early.join()).isIn("old", "new");
        assertThat(far.asked(flown)).isEqualTo("new");
    }

    @Test
    void aPurgeThatTheWakeUpOfIsLostIsAppliedAllTheSame() {
        String path = page("unwoken");
        far.asked(path);
        replicas.network.loseThoseWith(NearAndFar.CHANNELS);
        origin.publish(path, "new");

        String answer = replicas.purged(path);

        assertThat(far.asked(path)).isEqualTo("new");
        assertThat(NearAndFar.status(answer, "far")).isIn("applied", "fenced");
    }

    @Test
    void whatWasHalfOpenIsOpenedAnew() {
        String path = page("reopened");
        near.asked(path);
        Eventually.isTrue(() -> far.seesInRedis(path));
        replicas.network.lose();
        Eventually.isTrue(() -> !far.seesInRedis(path));

        replicas.network.heal();

        Eventually.isTrue(() -> far.seesInRedis(path)); // the connections of before would stay silent for ever
    }

    @Test
    void connectionsThatBreakAgainAndAgainBringNothingBack() {
        String path = page("broken");
        far.asked(path);
        for (int i = 0; i < 5; i++) {
            String edition = "edition-" + i;
            origin.publish(path, edition);
            replicas.network.reset();

            replicas.purged(path);

            assertThat(far.asked(path)).isEqualTo(edition);
            assertThat(near.asked(path)).isEqualTo(edition);
        }
    }
}
