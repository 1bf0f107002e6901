package dev.weir.ssr.spell;

/**
 * One spell.
 *
 * @param id its slug: lower-case letters, digits and single hyphens; never changes
 * @param level 0 (cantrip) to 9
 */
public record Spell(
        String id,
        String name,
        School school,
        int level,
        String castingTime,
        String range,
        String components,
        String duration,
        String description) {}
