/** Two tiers as one: memory first, the shared tier behind it. What comes out is judged by {@code policy.Reuse}. */
@NullMarked
package dev.weir.gateway.store;

import org.jspecify.annotations.NullMarked;
