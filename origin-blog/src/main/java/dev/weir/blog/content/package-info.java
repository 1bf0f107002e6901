/**
 * What was written: the folder of Markdown files read into {@link dev.weir.blog.content.Post} values, whole or not at
 * all. Knows nothing of HTML, HTTP or Spring. What comes next: {@code markdown} and {@code page}.
 */
@NullMarked
package dev.weir.blog.content;

import org.jspecify.annotations.NullMarked;
