@NullMarked
package dev.weir.blog;

import org.jspecify.annotations.NullMarked;
