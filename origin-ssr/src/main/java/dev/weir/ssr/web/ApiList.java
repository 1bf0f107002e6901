package dev.weir.ssr.web;

import dev.weir.ssr.spell.School;
import dev.weir.ssr.spell.Spell;
import dev.weir.ssr.spell.SpellList;
import dev.weir.ssr.spell.SpellQuery;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A list as JSON shows it. */
record ApiList(List<Spell> spells, long total, int page, int pages, Query query) {
    /** What was asked for, as it was understood. */
    record Query(
            String q, @Nullable School school, @Nullable Integer level, String sort) {}

    ApiList {
        spells = List.copyOf(spells);
    }

    static ApiList of(SpellList list) {
        SpellQuery query = list.query();
        return new ApiList(
                list.spells(),
                list.total(),
                list.page(),
                list.pages(),
                new Query(
                        query.q(),
                        query.school(),
                        query.level(),
                        query.sort().name().toLowerCase(Locale.ROOT)));
    }
}
