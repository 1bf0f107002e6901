/**
 * Numbers and their words: tallies, percentiles, the text for people and the JSON for machines.
 */
@NullMarked
package dev.weir.loadtest.report;

import org.jspecify.annotations.NullMarked;
