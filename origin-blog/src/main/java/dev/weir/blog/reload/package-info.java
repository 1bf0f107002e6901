/**
 * From SIGHUP to a new snapshot: read, build, compare, swap, tell. Off the event loops, one at a time.
 */
@NullMarked
package dev.weir.blog.reload;

import org.jspecify.annotations.NullMarked;
