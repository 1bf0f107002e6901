/**
 * Calling origins safely: pooled connections, deadlines, a circuit breaker, and one table that says what each failure
 * means. The only home of Resilience4j.
 */
@NullMarked
package dev.weir.gateway.origin;

import org.jspecify.annotations.NullMarked;
