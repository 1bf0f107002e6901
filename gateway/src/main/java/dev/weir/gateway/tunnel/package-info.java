/**
 * Raw bytes both ways between a client's connection and an origin's, once both sides have agreed to speak another protocol
 * than HTTP (RFC 9110 §7.8). {@code flow} opens a tunnel, {@code origin} puts in the far end after the handshake, and
 * {@code edge} joins the client's.
 */
@NullMarked
package dev.weir.gateway.tunnel;

import org.jspecify.annotations.NullMarked;
