/**
 * What a measurement starts for itself: a scripted origin in this process, and as processes a Redis, gateways, and the
 * peers that Weir is compared with. Everything listens on loopback, on free ports, and ends with the measurement.
 */
@NullMarked
package dev.weir.loadtest.rig;

import org.jspecify.annotations.NullMarked;
