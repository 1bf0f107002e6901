package dev.weir.ssr.testkit;

import dev.weir.ssr.spell.School;
import dev.weir.ssr.spell.Spell;

/** Spells to alter. */
public final class Spells {
    private Spells() {}

    /** Returns a valid spell. */
    public static Spell emberLance() {
        return named("Ember Lance");
    }

    /** Returns a valid spell of that name, under the same id. */
    public static Spell named(String name) {
        return new Spell(
                "ember-lance", name, School.PYRE, 1, "1 action", "60 feet", "Voice", "Instant", "It burns. It hisses.");
    }
}
