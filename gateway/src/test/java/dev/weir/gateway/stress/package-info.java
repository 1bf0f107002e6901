/** Random load over real sockets, with checks that hold whatever happens: nothing false, nothing mixed up, nothing left. */
@NullMarked
package dev.weir.gateway.stress;

import org.jspecify.annotations.NullMarked;
