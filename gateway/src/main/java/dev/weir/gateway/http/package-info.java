/**
 * Immutable message values: what a request, a response head and their fields are. Everything else in the gateway speaks
 * in these; they know no framework, no clock and no socket.
 */
@NullMarked
package dev.weir.gateway.http;

import org.jspecify.annotations.NullMarked;
