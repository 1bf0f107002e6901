/**
 * A client that looks closely: one visit gives status, cache verdict, body and both latencies. Knows nothing of plans or reports.
 */
@NullMarked
package dev.weir.loadtest.client;

import org.jspecify.annotations.NullMarked;
