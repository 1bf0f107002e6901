/**
 * Content codings: which one a client wants, and making them, always off the event loops. The only home of Brotli4j.
 */
@NullMarked
package dev.weir.gateway.encode;

import org.jspecify.annotations.NullMarked;
