/** What several tests use: the whole origin on a free port, a gateway that answers as told, values. */
@NullMarked
package dev.weir.ssr.testkit;

import org.jspecify.annotations.NullMarked;
