/**
 * React on V8: a bounded queue in front of isolates, each owned by one thread. The only home of Javet.
 * Comes after the data is there; what it gives back are the bytes of a whole page, or a failure.
 */
@NullMarked
package dev.weir.ssr.render;

import org.jspecify.annotations.NullMarked;
