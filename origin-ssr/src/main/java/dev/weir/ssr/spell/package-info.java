/**
 * The spellbook: values, the query of a list, cache tags, and the SQL that answers it. Knows neither HTTP nor V8.
 */
@NullMarked
package dev.weir.ssr.spell;

import org.jspecify.annotations.NullMarked;
