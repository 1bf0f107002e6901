package dev.weir.ssr.spell;

import java.util.List;

/** A spell and others of its school. */
public record SpellDetail(Spell spell, List<SpellRef> related) {
    public SpellDetail {
        related = List.copyOf(related);
    }
}
