@NullMarked
package dev.weir.ssr;

import org.jspecify.annotations.NullMarked;
