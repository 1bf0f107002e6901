package dev.weir.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadtest.client.Source;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HerdResultTest {
    private static final Percentiles NONE = new Percentiles(0, 0, 0, 0);

    @Test
    void isGoodWithOneOriginRequestAndOneBody() {
        assertThat(herd(0, Map.of(200, 10L), 1, 1).isGood()).isTrue();
        assertThat(herd(0, Map.of(200, 10L), 1, HerdResult.UNKNOWN).isGood()).isTrue();
    }

    @Test
    void isNotGoodOtherwise() {
        assertThat(herd(0, Map.of(200, 10L), 1, 2).isGood())
                .as("two origin requests")
                .isFalse();
        assertThat(herd(0, Map.of(200, 10L), 2, 1).isGood()).as("two bodies").isFalse();
        assertThat(herd(1, Map.of(200, 9L), 1, 1).isGood()).as("a failure").isFalse();
        assertThat(herd(0, Map.of(200, 9L, 304, 1L), 1, 1).isGood()).as("a 304").isFalse();
    }

    @Test
    void theTextSaysEachNumberOnce() {
        assertThat(TextReport.of(herd(0, Map.of(200, 10L), 1, 1)).lines())
                .containsExactly(
                        "herd: 10 clients at once on /blog/?herd=1 over 2 gateways",
                        "  status       200 × 10",
                        "  from         collapsed 9   miss 1",
                        "  first byte   p50 0 µs   p90 0 µs   p99 0 µs   max 0 µs",
                        "  whole        p50 0 µs   p90 0 µs   p99 0 µs   max 0 µs",
                        "  bodies       all the same, 123 bytes",
                        "  origin       1 request (at most 1 allowed)",
                        "  verdict      good");
    }

    private static HerdResult herd(long failed, Map<Integer, Long> statuses, int bodies, long originRequests) {
        Counts counts = new Counts(
                new Counts.Totals(10, failed, Map.of()),
                Map.of(Source.MISS, 1L, Source.COLLAPSED, 9L),
                statuses,
                NONE,
                NONE);
        return new HerdResult(new HerdResult.Setting("/blog/?herd=1", 10, 2, 1), counts, bodies, 123, originRequests);
    }
}
