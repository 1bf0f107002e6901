/** Socket in, bytes out: the server, and WebFlux's handler in front of the walk in {@code flow}. */
@NullMarked
package dev.weir.gateway.edge;

import org.jspecify.annotations.NullMarked;
