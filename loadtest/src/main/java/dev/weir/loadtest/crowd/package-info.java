/**
 * Clients as raw sockets on one event loop: all connect, then all ask at once, and each first byte gets its time before
 * anything looks at it. Also the bare server that tells what this machine and this client can do at best.
 */
@NullMarked
package dev.weir.loadtest.crowd;

import org.jspecify.annotations.NullMarked;
