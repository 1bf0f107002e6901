package dev.weir.ssr.spell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ssr.spell.SpellQuery.Sort;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellQueryTest {
    private static SpellQuery query(Map<String, String> parameters) {
        return SpellQuery.of(parameters::get);
    }

    @Test
    void readsEveryParameter() {
        SpellQuery query = query(Map.of("q", "  moss ", "school", "bloom", "level", "4", "sort", "level", "page", "2"));

        assertThat(query).isEqualTo(new SpellQuery("moss", School.BLOOM, 4, Sort.LEVEL, 2));
    }

    @Test
    void isEverythingWithoutParameters() {
        assertThat(query(Map.of("utm_source", "letter"))).isEqualTo(new SpellQuery("", null, null, Sort.NAME, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "school,Bloom",
        "school,alchemy",
        "level,10",
        "level,-1",
        "level,four",
        "sort,down",
        "page,0",
        "page,1e9"
    })
    void takesWhatMeansNothingForAbsent(String name, String value) {
        assertThat(query(Map.of(name, value))).isEqualTo(query(Map.of()));
    }

    @Test
    void cutsLongTextBetweenCharacters() {
        String fire = "\uD83D\uDD25";

        assertThat(query(Map.of("q", "x".repeat(99) + fire)).q()).isEqualTo("x".repeat(99));
        assertThat(query(Map.of("q", "x".repeat(98) + fire + "y")).q()).isEqualTo("x".repeat(98) + fire);
    }
}
