package dev.weir.blog.purge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final Instant NOW = Instant.parse("2026-03-19T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0,100", "1,200", "2,400", "5,1000", "62,1000", "9999999999,1000"})
    void doublesUpToTheLongest(long failures, long millis) {
        assertThat(backoff(1.0).pause(failures, null)).isEqualTo(Duration.ofMillis(millis));
        assertThat(backoff(0.0).pause(failures, null)).isEqualTo(Duration.ofMillis(millis / 2));
    }

    @Test
    void waitsAtLeastAsLongAsAskedWithinReason() {
        assertThat(backoff(0.0).pause(0, Duration.ofSeconds(3))).isEqualTo(Duration.ofMillis(3050));
        assertThat(backoff(0.0).pause(0, Duration.ofDays(3))).isEqualTo(Duration.ofMillis(10_050));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | PT3S",
                "0 | PT0S",
                "Thu, 19 Mar 2026 12:00:07 GMT | PT7S",
                "Thu, 19 Mar 2026 11:00:00 GMT | PT0S"
            })
    void readsSecondsAndDates(String field, Duration wait) {
        assertThat(RetryAfter.parse(field, NOW)).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource({"soon", "-1", "1.5", "99999999999999999999"})
    void ignoresWhatIsNeither(String field) {
        assertThat(RetryAfter.parse(field, NOW)).isNull();
        assertThat(RetryAfter.parse(null, NOW)).isNull();
    }

    @Test
    void prefersTheBetterAnswerAndTheLongerWait() {
        Answer busy = new Answer(Answer.Verdict.NOT_NOW, Duration.ofSeconds(9), "busy");
        Answer refused = new Answer(Answer.Verdict.REFUSED, null, "no");
        Answer recorded = new Answer(Answer.Verdict.RECORDED, Duration.ofSeconds(1), "yes");
        assertThat(refused.or(busy)).isEqualTo(busy);
        assertThat(busy.or(recorded)).isEqualTo(new Answer(Answer.Verdict.RECORDED, Duration.ofSeconds(9), "yes"));
    }

    private static Backoff backoff(double random) {
        return new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(10), () -> random);
    }
}
