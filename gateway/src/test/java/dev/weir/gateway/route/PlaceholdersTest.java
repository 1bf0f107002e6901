package dev.weir.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("placeholders")
class PlaceholdersTest {

    private final Placeholders placeholders =
            new Placeholders(Map.of("A", "one", "B_2", "two", "EMPTY", "", "NESTED", "${A}", "REGEX", "$1\\"));

    @ParameterizedTest
    @CsvSource({
        "nothing here, nothing here",
        "${A}, one",
        "x${A}y${B_2}z, xoneytwoz",
        "${A:-default}, one",
        "${NONE:-default}, default",
        "${NONE:-}, ''",
        "${NONE:-http://127.0.0.1:8081}, http://127.0.0.1:8081",
        "${EMPTY}, ''",
        "${EMPTY:-default}, default",
        "${NESTED}, ${A}",
        "${REGEX}, $1\\",
        "$A $$ { } $, $A $$ { } $",
    })
    @DisplayName("are filled from the environment, else by their default")
    void areFilled(String text, String expected) throws Exception {
        assertThat(placeholders.fill(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${}", "${A", "${ A }", "${1}", "${A-b}", "${A:b}", "a ${:-b} ${A}"})
    @DisplayName("that are malformed are told")
    void malformed(String text) {
        assertThatExceptionOfType(Placeholders.Unfilled.class)
                .isThrownBy(() -> placeholders.fill(text))
                .satisfies(unfilled -> assertThat(unfilled.expected()).isEqualTo("${NAME} or ${NAME:-default}"));
    }

    @Test
    @DisplayName("without value and default are told with their name")
    void unset() {
        assertThatExceptionOfType(Placeholders.Unfilled.class)
                .isThrownBy(() -> placeholders.fill("${A}/${NONE}"))
                .withMessage("${NONE} (expected: the environment variable NONE to be set, or a default:"
                        + " ${NONE:-default})");
    }
}
