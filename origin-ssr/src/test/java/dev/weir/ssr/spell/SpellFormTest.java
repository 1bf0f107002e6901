package dev.weir.ssr.spell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.ssr.testkit.Spells;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SpellFormTest {
    private final JsonMapper mapper = JsonMapper.builder().build();

    private ObjectNode valid() {
        return mapper.valueToTree(Spells.emberLance());
    }

    private InvalidSpell refused(ObjectNode json) {
        return catchThrowableOfType(InvalidSpell.class, () -> SpellForm.read("ember-lance", json));
    }

    @Test
    void readsWhatTheApiShows() {
        assertThat(SpellForm.read("ember-lance", valid())).isEqualTo(Spells.emberLance());
    }

    @Test
    void namesEveryWrongField() {
        ObjectNode json = valid().put("level", 10)
                .put("school", "alchemy")
                .put("name", " ")
                .put("colour", "red");
        json.remove("range");
        json.put("id", "another");

        assertThat(refused(json).problems().keySet())
                .containsExactlyInAnyOrder("level", "school", "name", "colour", "range", "id");
    }

    @Test
    void takesNoFractionForALevel() {
        assertThat(refused(valid().put("level", 1.5)).problems()).containsOnlyKeys("level");
    }

    @Test
    void refusesLongTextAndControlCharacters() {
        ObjectNode json = valid().put("description", "x".repeat(2001)).put("duration", "1\nhour");

        assertThat(refused(json).problems()).containsOnlyKeys("description", "duration");
    }
}
