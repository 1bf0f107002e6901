/**
 * Tells the gateway, after a commit, which cache tags are no longer valid; in order and until it is applied.
 */
@NullMarked
package dev.weir.ssr.purge;

import org.jspecify.annotations.NullMarked;
