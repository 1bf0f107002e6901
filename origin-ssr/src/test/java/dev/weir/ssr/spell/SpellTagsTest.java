package dev.weir.ssr.spell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ssr.testkit.Spells;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SpellTagsTest {
    private final Spell spell = Spells.emberLance();

    private static Spell with(Spell spell, School school, int level, String duration) {
        return new Spell(
                spell.id(),
                spell.name(),
                school,
                level,
                spell.castingTime(),
                spell.range(),
                spell.components(),
                duration,
                spell.description());
    }

    private SpellList list(SpellQuery query) {
        return new SpellList(query, List.of(spell), 1, 1, 1);
    }

    @Test
    @DisplayName("a list over all schools carries what it shows and that it depends on all lists")
    void wholeList() {
        assertThat(SpellTags.of(list(SpellQuery.of(name -> null))))
                .containsExactly("spells", "spell-lists", "spell:ember-lance");
    }

    @Test
    @DisplayName("a list of one school depends on that school only")
    void schoolList() {
        SpellQuery pyre = SpellQuery.of(name -> name.equals("school") ? "pyre" : null);

        assertThat(SpellTags.of(list(pyre))).containsExactly("spells", "school:pyre", "spell:ember-lance");
    }

    @Test
    @DisplayName("a page carries the spell, its school and the others it names")
    void detail() {
        SpellDetail detail = new SpellDetail(spell, List.of(new SpellRef("second-noon", "Second Noon", 9)));

        assertThat(SpellTags.of(detail))
                .containsExactly("spells", "spell:ember-lance", "school:pyre", "spell:second-noon");
    }

    @Test
    @DisplayName("a change that no list can notice touches the spell alone")
    void smallChange() {
        SpellChange change = new SpellChange(spell, with(spell, School.PYRE, 1, "1 hour"));

        assertThat(SpellTags.of(change)).containsExactly("spell:ember-lance");
    }

    @Test
    @DisplayName("a change of level touches the lists and its school")
    void movingChange() {
        SpellChange change = new SpellChange(spell, with(spell, School.PYRE, 2, spell.duration()));

        assertThat(SpellTags.of(change)).containsExactly("spell:ember-lance", "spell-lists", "school:pyre");
    }

    @Test
    @DisplayName("a change of school touches the old one and the new one")
    void schoolChange() {
        SpellChange change = new SpellChange(spell, with(spell, School.TIDE, 1, spell.duration()));

        assertThat(SpellTags.of(change))
                .containsExactly("spell:ember-lance", "spell-lists", "school:pyre", "school:tide");
    }

    @Test
    @DisplayName("a write that changes nothing touches nothing")
    void noChange() {
        assertThat(SpellTags.of(new SpellChange(spell, Spells.emberLance()))).isEmpty();
    }
}
