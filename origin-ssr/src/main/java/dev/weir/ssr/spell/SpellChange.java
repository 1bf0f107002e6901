package dev.weir.ssr.spell;

/** A committed change of one spell. */
public record SpellChange(Spell before, Spell after) {}
