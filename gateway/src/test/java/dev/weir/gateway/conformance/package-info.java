/**
 * Exchanges over real sockets, one row for each rule that can be seen from outside. The rows are data, in
 * {@code src/test/resources/conformance}; here is what reads and runs them.
 */
@NullMarked
package dev.weir.gateway.conformance;

import org.jspecify.annotations.NullMarked;
