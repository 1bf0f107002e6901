/** The whole stack as processes, and what it promises as a whole. */
@NullMarked
package dev.weir.loadtest.stack;

import org.jspecify.annotations.NullMarked;
