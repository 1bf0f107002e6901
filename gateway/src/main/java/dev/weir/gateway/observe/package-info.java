/** The one place where the outcome of a request becomes a metric. */
@NullMarked
package dev.weir.gateway.observe;

import org.jspecify.annotations.NullMarked;
