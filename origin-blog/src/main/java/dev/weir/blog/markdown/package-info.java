/**
 * Markdown to HTML, with raw HTML escaped and links limited to safe schemes; heading anchors and the outline that a
 * table of contents needs.
 */
@NullMarked
package dev.weir.blog.markdown;

import org.jspecify.annotations.NullMarked;
