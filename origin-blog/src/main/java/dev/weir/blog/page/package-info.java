/**
 * Finished pages: posts in, {@link dev.weir.blog.page.Snapshot} out. All rendering happens here, once per reload; what
 * leaves this package is bytes with their validators, freshness and tags.
 */
@NullMarked
package dev.weir.blog.page;

import org.jspecify.annotations.NullMarked;
