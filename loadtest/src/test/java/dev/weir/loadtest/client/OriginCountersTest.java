package dev.weir.loadtest.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class OriginCountersTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void readsTheCountAmongTheMeasurements() {
        String metric = """
                {"name": "origin.requests", "measurements": [
                  {"statistic": "TOTAL_TIME", "value": 3.5}, {"statistic": "COUNT", "value": 1234567.0}], "availableTags": []}
                """;

        assertThat(OriginCounters.count(JSON.readTree(metric))).isEqualTo(1_234_567);
    }

    @Test
    void aMetricWithoutCountIsAnErrorNotZero() {
        assertThatThrownBy(() -> OriginCounters.count(JSON.readTree("{\"measurements\": []}")))
                .hasMessageContaining("without a COUNT");
    }
}
