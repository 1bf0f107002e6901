/**
 * The server-rendered site: the process's start, its settings and the one assembly of its parts.
 * A request goes {@code web} → {@code spell} (data by R2DBC) → {@code render} (React on V8); a write also goes on to
 * {@code purge}.
 */
@NullMarked
package dev.weir.ssr;

import org.jspecify.annotations.NullMarked;
