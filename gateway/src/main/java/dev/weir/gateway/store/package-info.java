/** Two tiers as one: memory first, the shared tier behind it. Step 6 of the walk; next comes {@code policy.Reuse}. */
@NullMarked
package dev.weir.gateway.store;

import org.jspecify.annotations.NullMarked;
