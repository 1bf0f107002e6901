package dev.weir.ssr.purge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ssr.purge.PurgeAnswer.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurgeAnswerTest {
    private static PurgeAnswer answer(int status) {
        return PurgeAnswer.of("gateway", status, null);
    }

    @ParameterizedTest
    @CsvSource({"200,APPLIED", "202,RECORDED", "400,REFUSED", "401,REFUSED", "413,REFUSED", "503,FAILED", "500,FAILED"})
    void readsTheStatus(int status, Verdict verdict) {
        assertThat(answer(status).verdict()).isEqualTo(verdict);
    }

    @Test
    void readsRetryAfterUpToAMinute() {
        assertThat(PurgeAnswer.of("gateway", 503, "7").retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(PurgeAnswer.of("gateway", 503, "86400").retryAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(PurgeAnswer.of("gateway", 503, "soon").retryAfter()).isNull();
    }

    @Test
    @DisplayName("an event is given up only if no address may take it later")
    void aRefusalBesideAFailure() {
        assertThat(answer(401).or(answer(503)).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(answer(503).or(answer(401)).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(answer(401).or(answer(400)).verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(answer(401).or(answer(202)).verdict()).isEqualTo(Verdict.RECORDED);
    }
}
