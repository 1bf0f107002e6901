package dev.weir.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.loadtest.crowd.BodyCheck;
import dev.weir.loadtest.crowd.Crowd;
import dev.weir.loadtest.crowd.Sighting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadResultTest {
    private static final String LED = "weir; fwd=uri-miss; stored";
    private static final String WAITED = "weir; fwd=uri-miss; stored; collapsed";

    @Test
    void takesTheLagOfTheMiddleWaiterAndTheSpreadsToP99() {
        List<Sighting> few = List.of(saw(5_000, LED), saw(4_000, WAITED), saw(6_500, WAITED), saw(9_000, WAITED));
        List<Sighting> bare = new ArrayList<>();
        for (int client = 1; client <= 100; client++) {
            bare.add(saw(1_000L * client, WAITED));
        }
        SpreadResult.Round round = SpreadResult.round(outcome(few), outcome(few), outcome(bare), 1);

        assertThat(round).isEqualTo(new SpreadResult.Round(1_500, 5_000, 98_000, 1));
        assertThat(SpreadResult.round(outcome(few), outcome(bare), outcome(few), 1)
                        .ratio())
                .isEqualTo(19.6);
    }

    @Test
    void meansNothingIfOneHasNoAnswerOrNobodyLed() {
        Sighting none = new Sighting(0, 0, 0, "", new BodyCheck.Result(false, ""), "cut off");
        assertThatThrownBy(() -> round(List.of(saw(1, LED), none))).hasMessageContaining("cut off");
        assertThatThrownBy(() -> round(List.of(saw(1, WAITED), saw(2, WAITED)))).hasMessageContaining("no client led");
    }

    @Test
    void theSummarySaysWhetherTheAimsAreReached() {
        List<SpreadResult.Round> good = List.of(new SpreadResult.Round(900_000, 15, 10, 1));
        List<SpreadResult.Round> bad = List.of(new SpreadResult.Round(1_100_000, 16, 10, 2));
        assertThat(new SpreadResult(50, 1_000, good).summary()).doesNotContain("MISSED");
        assertThat(new SpreadResult(50, 1_000, bad).summary().split("MISSED", -1))
                .hasSize(3);
        assertThat(SpreadTable.of(new SpreadResult(50, 1_000, bad))).contains("| ratio | 1.60 | 1.60 | at most 1.5 |");
    }

    @Test
    void theVerdictIsAboutTheOriginAndNotAboutTimes() {
        SpreadResult.Round slow = new SpreadResult.Round(9_000_000, 90, 10, 1);
        SpreadResult.Round twice = new SpreadResult.Round(1, 1, 1, 2);
        assertThat(new SpreadResult(50, 1_000, List.of(slow)).isGood()).isTrue();
        assertThat(new SpreadResult(50, 1_000, List.of(slow, twice)).isGood()).isFalse();
        assertThat(twice.line()).endsWith("2 ORIGIN REQUESTS");
    }

    private static SpreadResult.Round round(List<Sighting> all) {
        return SpreadResult.round(outcome(all), outcome(all), outcome(all), 1);
    }

    private static Crowd.Outcome outcome(List<Sighting> sightings) {
        return new Crowd.Outcome(0, 1, sightings);
    }

    private static Sighting saw(long firstByteAt, String cacheStatus) {
        return new Sighting(firstByteAt, firstByteAt, 200, cacheStatus, new BodyCheck.Result(true, ""), "");
    }
}
