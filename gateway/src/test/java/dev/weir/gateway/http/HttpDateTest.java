package dev.weir.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §5.6.7: dates")
class HttpDateTest {

    private static final Instant EXAMPLE = Instant.parse("1994-11-06T08:49:37Z");

    @Nested
    class Parsing {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Sun, 06 Nov 1994 08:49:37 GMT",
                    "Sunday, 06-Nov-94 08:49:37 GMT",
                    "Sun Nov  6 08:49:37 1994",
                    "Sun Nov 06 08:49:37 1994"
                })
        @DisplayName("MUST accept all three forms")
        void threeForms(String text) {
            assertThat(HttpDate.parse(text)).isEqualTo(EXAMPLE);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "0",
                    "-1",
                    "now",
                    "1994-11-06T08:49:37Z",
                    "Sun, 6 Nov 1994 08:49:37 GMT",
                    "Sun, 06 Nov 1994 08:49:37 UTC",
                    "Sun, 06 Nov 1994 08:49:37 +0000",
                    "Sun, 06 Nov 1994 8:49:37 GMT",
                    "Sun, 06 Nov 1994 08:49:37GMT",
                    "Sun,  06 Nov 1994 08:49:37 GMT",
                    " Sun, 06 Nov 1994 08:49:37 GMT",
                    "Sun, 06 Nov 1994 08:49:37 GMT ",
                    "Sun, 06 Nov 1994 08.49.37 GMT",
                    "Sun, 06 Nov 19x4 08:49:37 GMT",
                    "Sun, 31 Nov 1994 08:49:37 GMT",
                    "Sun, 06 Nov 1994 24:49:37 GMT",
                    "Sun, 06 Nov 1994 08:60:37 GMT",
                    "Sun, 06 Nov 1994 08:49:61 GMT",
                    "Sxx, 06 Nov 1994 08:49:37 GMT",
                    "Sunday, 06 Nov 94 08:49:37 GMT",
                    "Sunday, 06-Nov-1994 08:49:37 GMT",
                    "Sunday, 06-Nov-x4 08:49:37 GMT",
                    "Sun, 06-Nov-94 08:49:37 GMT",
                    "Sun Nov 6 08:49:37 1994",
                    "Sun Nov  6 08:49:37 94",
                    "Sxn Nov  6 08:49:37 1994",
                    "Sun Nox  6 08:49:37 1994",
                    "Sun Nov  x 08:49:37 1994",
                    "Sun-Nov  6 08:49:37 1994"
                })
        @DisplayName("anything else is no date")
        void nothingElse(String text) {
            assertThat(HttpDate.parse(text)).isNull();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "sun, 06 Nov 1994 08:49:37 GMT",
                    "Sun, 06 nOV 1994 08:49:37 GMT",
                    "SUN, 06 NOV 1994 08:49:37 gmt",
                    "sunday, 06-nov-94 08:49:37 Gmt",
                    "SUN NOV  6 08:49:37 1994"
                })
        @DisplayName("RFC 9111 §4.2: SHOULD be matched without regard to case")
        void anyCase(String text) {
            assertThat(HttpDate.parse(text)).isEqualTo(EXAMPLE);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Sun, 06 Nov 1994 08:49:37 CET",
                    "Sun, 06 Nov 1994 08:49:37 EST",
                    "Sunday, 06-Nov-94 08:49:37 PST",
                    "Sun, 06 Nov 1994 08:49:37 GMU"
                })
        @DisplayName("RFC 9111 §4.2: a zone other than GMT SHOULD be invalid; local ones MUST NOT count")
        void otherZones(String text) {
            assertThat(HttpDate.parse(text)).isNull();
        }

        @Test
        @DisplayName("a leap second is the start of the next minute")
        void leapSecond() {
            assertThat(HttpDate.parse("Sat, 31 Dec 2016 23:59:60 GMT")).isEqualTo("2017-01-01T00:00:00Z");
        }

        @Test
        @DisplayName("two-digit years: 69 is 2069, 70 is 1970")
        void twoDigitYears() {
            assertThat(HttpDate.parse("Sunday, 06-Jan-69 00:00:00 GMT")).isEqualTo("2069-01-06T00:00:00Z");
            assertThat(HttpDate.parse("Sunday, 06-Jan-70 00:00:00 GMT")).isEqualTo("1970-01-06T00:00:00Z");
        }
    }

    @Nested
    class Formatting {

        @Test
        @DisplayName("MUST write an IMF-fixdate")
        void imfFixdate() {
            assertThat(HttpDate.format(EXAMPLE)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
        }

        @Test
        @DisplayName("drops fractions of a second")
        void fractions() {
            assertThat(HttpDate.format(EXAMPLE.plusMillis(999))).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
        }
    }
}
