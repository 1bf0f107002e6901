/**
 * Telling the gateway what is no longer valid: a bounded queue of events, delivered in order over HTTP, each under one
 * id until it is answered 200.
 */
@NullMarked
package dev.weir.blog.purge;

import org.jspecify.annotations.NullMarked;
