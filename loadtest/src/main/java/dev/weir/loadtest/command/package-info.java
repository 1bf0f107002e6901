/**
 * The command line: reading it into plans, and refusing what cannot or must not run.
 */
@NullMarked
package dev.weir.loadtest.command;

import org.jspecify.annotations.NullMarked;
