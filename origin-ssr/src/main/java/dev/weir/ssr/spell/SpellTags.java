package dev.weir.ssr.spell;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The cache tags of what is shown, and of a change. They fit together: whatever shows something that a change can
 * alter carries one of the change's tags.
 *
 * <ul>
 *   <li>{@code spells}: everything here; no change emits it alone, it is for purging the whole site.
 *   <li>{@code spell:ID}: whatever shows something of that spell.
 *   <li>{@code spell-lists}: lists over all schools, whose members or order a change may alter.
 *   <li>{@code school:SLUG}: lists of one school, and the related spells on the pages of its members.
 * </ul>
 */
public final class SpellTags {
    /** The tag that everything here carries. */
    public static final String ALL = "spells";

    private static final String LISTS = "spell-lists";

    private SpellTags() {}

    /** Returns the tags of a list page or its JSON. */
    public static Set<String> of(SpellList list) {
        Set<String> tags = new LinkedHashSet<>();
        tags.add(ALL);
        School school = list.query().school();
        tags.add(school == null ? LISTS : school(school));
        list.spells().forEach(spell -> tags.add(spell(spell.id())));
        return tags;
    }

    /** Returns the tags of a spell's page or its JSON. */
    public static Set<String> of(SpellDetail detail) {
        Set<String> tags = new LinkedHashSet<>();
        tags.add(ALL);
        tags.add(spell(detail.spell().id()));
        tags.add(school(detail.spell().school()));
        detail.related().forEach(other -> tags.add(spell(other.id())));
        return tags;
    }

    /** Returns the tags of the answer that there is no such spell. */
    public static Set<String> ofMissing(String id) {
        return Set.of(ALL, spell(id));
    }

    /** Returns the tags of everything that shows something which the change altered; empty if it altered nothing. */
    public static Set<String> of(SpellChange change) {
        Set<String> tags = new LinkedHashSet<>();
        if (change.before().equals(change.after())) {
            return tags;
        }
        tags.add(spell(change.after().id()));
        if (mayMove(change.before(), change.after())) {
            tags.add(LISTS);
            tags.add(school(change.before().school()));
            tags.add(school(change.after().school()));
        }
        return tags;
    }

    /** Whether lists that do not show the spell now may show it, or show it elsewhere: by filter, search or order. */
    private static boolean mayMove(Spell before, Spell after) {
        return !before.name().equals(after.name())
                || before.school() != after.school()
                || before.level() != after.level()
                || !before.description().equals(after.description());
    }

    private static String spell(String id) {
        return "spell:" + id;
    }

    private static String school(School school) {
        return "school:" + school.slug();
    }
}
