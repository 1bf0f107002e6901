/**
 * The caching policy: RFC 9111 and its family as pure functions. Plain values and {@code Instant now} in, a decision and
 * its reason out. No clock, no I/O, no logger; each rule names its section.
 */
@NullMarked
package dev.weir.gateway.policy;

import org.jspecify.annotations.NullMarked;
