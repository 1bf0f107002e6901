package dev.weir.ssr.spell;

import java.util.List;

/**
 * One page of a list.
 *
 * @param query what was asked for
 * @param spells what this page shows, in order
 * @param total how many spells match on all pages
 * @param page this page, from 1; the last one if the query asked for a later one
 * @param pages how many pages there are, at least 1
 */
public record SpellList(SpellQuery query, List<Spell> spells, long total, int page, int pages) {
    public SpellList {
        spells = List.copyOf(spells);
    }
}
