package dev.weir.ssr.spell;

/** As much of a spell as a link to it shows. */
public record SpellRef(String id, String name, int level) {}
