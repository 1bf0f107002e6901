/**
 * One flight per variant: requests for the same cold page share one fetch. Knows nothing of caching:
 * what a flight's head means is for {@code flow} to say.
 */
@NullMarked
package dev.weir.gateway.coalesce;

import org.jspecify.annotations.NullMarked;
