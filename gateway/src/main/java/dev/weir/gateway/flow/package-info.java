/**
 * The walk of one request, top to bottom: {@link dev.weir.gateway.flow.RequestFlow} is the page to read first. It calls
 * the leaves (route, policy, store, purge, coalesce, origin, tunnel, encode, observe); none of them calls it.
 */
@NullMarked
package dev.weir.gateway.flow;

import org.jspecify.annotations.NullMarked;
