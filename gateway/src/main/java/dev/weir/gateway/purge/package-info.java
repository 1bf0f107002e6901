/**
 * What is no longer valid: purges, the log they are written to, the table that each replica folds it into, and whether
 * this replica may still trust what it knows. See ARCHITECTURE.md, "Invalidation".
 */
@NullMarked
package dev.weir.gateway.purge;

import org.jspecify.annotations.NullMarked;
