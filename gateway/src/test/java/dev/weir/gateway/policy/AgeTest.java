package dev.weir.gateway.policy;

import static dev.weir.gateway.policy.Given.DATE;
import static dev.weir.gateway.policy.Given.THEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.ResponseHead;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9111 §4.2.3: age")
class AgeTest {

    @ParameterizedTest(name = "asked {0} ms, received {1} ms, now {2} ms after Date, Age {3}: {4} ms")
    @CsvSource({
        // resident_time alone
        "0, 0, 0, 0, 0",
        "0, 0, 1234, 0, 1234",
        // apparent_age: Date lies in the past already, in whole seconds as Date is
        "5000, 5000, 5000, 0, 5000",
        "900, 999, 999, 0, 99",
        "1900, 1999, 1999, 0, 1000",
        // corrected_age_value: the Age that came, and the time the answer took
        "0, 0, 0, 10, 10000",
        "-3000, 0, 0, 10, 13000",
        "-3000, 0, 500, 10, 13500",
        // the greater of the two counts
        "8000, 9000, 9000, 10, 11000",
        "20000, 21000, 21000, 10, 21000",
        // clocks that run backwards make nothing younger
        "-5000, -5000, -5000, 0, 0",
        "0, -5000, -5000, 0, 0",
        "0, 0, -9000, 0, 0"
    })
    @DisplayName("is the greater of apparent and corrected age, plus the time in this cache")
    void current(long requested, long received, long now, String age, long expected) {
        StoredResponse stored = stored(at(requested), at(received), Headers.of("Date", DATE, "Age", age));

        assertThat(Age.at(stored, at(now))).isEqualTo(Duration.ofMillis(expected));
        assertThat(Terms.of(stored, CacheRules.DEFAULT).age(at(now))).isEqualTo(Duration.ofMillis(expected));
    }

    @Nested
    @DisplayName("§5.1: the Age field")
    class Field {

        @ParameterizedTest(name = "Age: {0} is {1} s")
        @CsvSource(delimiter = '|', textBlock = """
                7          | 7
                7, 9       | 7
                7,         | 7
                007        | 7
                abc        | 0
                -7         | 0
                7.0        | 0
                "7"        | 0
                99999999999| 2147483648
                """)
        @DisplayName("SHOULD count by its first member, and be ignored if that is no number")
        void value(String age, long seconds) {
            assertThat(Age.at(stored(THEN, THEN, Headers.of("Date", DATE, "Age", age)), THEN))
                    .hasSeconds(seconds);
        }

        @Test
        @DisplayName("SHOULD count by its first line")
        void lines() {
            assertThat(Age.at(stored(THEN, THEN, Headers.of("Age", "0", "Age", "9")), THEN))
                    .isZero();
            assertThat(Age.at(stored(THEN, THEN, Headers.of("Age", "9", "Age", "0")), THEN))
                    .hasSeconds(9);
        }
    }

    private static Instant at(long millis) {
        return THEN.plusMillis(millis);
    }

    private static StoredResponse stored(Instant requested, Instant received, Headers headers) {
        return new StoredResponse(
                CacheKey.of(Given.get()),
                new ResponseHead(200, headers),
                new StoredResponse.Times(requested, received),
                StoredResponse.Variant.NONE,
                new StoredResponse.Provenance(Given.POSITION, Given.RULES.hash(), Set.of()),
                Body.EMPTY);
    }
}
