package dev.weir.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadtest.rig.Memory;
import dev.weir.loadtest.rig.Scene;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContestTableTest {
    @Test
    void hasARowForEachMedianAndAnEmptyOneForWhoIsAbsent() {
        List<RoundResult> rounds = IntStream.of(2, 1, 3)
                .mapToObj(number -> round(Scene.PAGE, number, 1))
                .toList();

        assertThat(ContestTable.of(contest(rounds)).lines())
                .containsExactly(
                        "A page that all may share, first byte after 200 ms; 1,000 clients, median of 3 rounds:",
                        "",
                        "| | origin requests | leader | waiters p50 | waiters p99 | spread | last byte | not exact | peak memory |",
                        "|---|---|---|---|---|---|---|---|---|",
                        "| Weir × 2 | 1, 1, 1 | 2.00 ms | 4.00 ms | 6.00 ms | 2.00 ms | 8.00 ms | 0 | heaps 1 MiB, 2 MiB; 9 MiB resident |",
                        "| nginx, not installed |" + "  |".repeat(8));
    }

    @Test
    void theVerdictIsAboutEveryRoundOfWeir() {
        assertThat(contest(List.of(round(Scene.PAGE, 1, 1))).isGood()).isTrue();
        assertThat(contest(List.of(round(Scene.PAGE, 1, 1), round(Scene.PAGE, 2, 2)))
                        .isGood())
                .isFalse();
    }

    private static ContestResult contest(List<RoundResult> rounds) {
        return new ContestResult(
                new ContestResult.Setting(1_000, 200, 2),
                List.of(new ContestResult.Entrant("Weir × 2", "of this checkout", true)),
                List.of("nginx"),
                rounds);
    }

    private static RoundResult round(Scene scene, int number, int originRequests) {
        long milli = 1_000_000L * number;
        return new RoundResult(
                new RoundResult.Of(scene, number, "Weir × 2", "weir"),
                new RoundResult.AtOrigin(originRequests, 1),
                new RoundResult.Times(1, milli, 2 * milli, 3 * milli, 4 * milli),
                new RoundResult.Answers(1_000, 1_000, 0, ""),
                new Memory(List.of(1L << 20, 2L << 20), 9L << 20));
    }
}
