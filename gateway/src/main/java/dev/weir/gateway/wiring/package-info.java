/** The one assembly: where the beans are, and each package's settings are bound. */
@NullMarked
package dev.weir.gateway.wiring;

import org.jspecify.annotations.NullMarked;
