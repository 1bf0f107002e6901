package dev.weir.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadtest.crowd.BodyCheck;
import dev.weir.loadtest.crowd.Crowd;
import dev.weir.loadtest.crowd.Sighting;
import dev.weir.loadtest.rig.Memory;
import dev.weir.loadtest.rig.Scene;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundResultTest {
    private static final long START = 1_000_000_000;
    private static final String LED = "weir; fwd=uri-miss; stored";
    private static final String WAITED = "weir; fwd=uri-miss; stored; collapsed";
    private static final String HIT = "weir; hit; ttl=9; detail=redis";

    @Test
    void tellsTheLeaderFromThoseWhoWaited() {
        List<Sighting> sightings = new ArrayList<>(List.of(saw(200, LED)));
        for (int waiter = 1; waiter <= 100; waiter++) {
            sightings.add(saw(200 + waiter, waiter % 2 == 0 ? WAITED : HIT));
        }
        RoundResult result = result(Scene.PAGE, 1, sightings);

        assertThat(result.times()).isEqualTo(new RoundResult.Times(7, 200, 250, 299, 310));
        assertThat(result.times().spread()).isEqualTo(49);
        assertThat(result.isGood()).isTrue();
    }

    @Test
    void isNotGoodWithASecondRequestAtTheOrigin() {
        assertThat(result(Scene.PAGE, 2, List.of(saw(1, LED), saw(2, LED))).isGood())
                .isFalse();
        assertThat(result(Scene.CHUNKED, 2, List.of(saw(1, LED), saw(2, LED))).isGood())
                .isFalse();
        assertThat(result(Scene.PRIVATE, 2, List.of(saw(1, LED, "a"), saw(2, LED, "b")))
                        .isGood())
                .isTrue();
    }

    @Test
    void isNotGoodWithOtherBytesAFailureOrAnError() {
        Sighting cut = new Sighting(START, 0, 200, LED, new BodyCheck.Result(false, ""), "cut off");
        Sighting error = new Sighting(START, START, 503, "", new BodyCheck.Result(false, ""), "");
        Sighting wrong = new Sighting(START, START, 200, LED, new BodyCheck.Result(false, ""), "");
        for (Sighting bad : List.of(cut, error, wrong)) {
            RoundResult result = result(Scene.PAGE, 1, List.of(saw(1, LED), bad));
            assertThat(result.isGood()).isFalse();
            assertThat(result.answers().good()).isEqualTo(1);
        }
        assertThat(result(Scene.PAGE, 1, List.of(error)).line(3)).endsWith("exact 0 of 1  (status 503)");
    }

    @Test
    void somebodyElsesPrivateAnswerIsNotGood() {
        RoundResult result = result(Scene.PRIVATE, 2, List.of(saw(1, LED, "7"), saw(2, WAITED, "7"), saw(3, LED, "8")));
        assertThat(result.answers().strangers()).isEqualTo(1);
        assertThat(result.isGood()).isFalse();
        assertThat(result.line(3)).contains("STRANGERS 1");
    }

    private static Sighting saw(long after, String cacheStatus) {
        return saw(after, cacheStatus, "");
    }

    private static Sighting saw(long after, String cacheStatus, String serial) {
        BodyCheck.Result body = new BodyCheck.Result(true, serial);
        return new Sighting(START + after, START + after + 10, 200, cacheStatus, body, "");
    }

    private static RoundResult result(Scene scene, int originRequests, List<Sighting> sightings) {
        return RoundResult.of(
                new RoundResult.Of(scene, 1, "Weir", "weir"),
                new Crowd.Outcome(START, 7, sightings),
                new RoundResult.AtOrigin(originRequests, 1),
                new Memory(List.of(), Memory.UNKNOWN));
    }
}
