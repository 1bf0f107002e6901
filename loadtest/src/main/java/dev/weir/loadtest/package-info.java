/**
 * The load test's entry: reads the command line, runs the phases in order, reports, and ends with the verdict.
 * {@code command} reads, {@code run} acts through {@code client}, {@code report} tells.
 */
@NullMarked
package dev.weir.loadtest;

import org.jspecify.annotations.NullMarked;
