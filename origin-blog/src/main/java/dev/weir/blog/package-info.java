/**
 * The blog origin: Markdown files become a {@link dev.weir.blog.page.Snapshot} of finished pages, requests read only
 * that, and a reload that changed pages tells the gateway exactly which tags are no longer valid.
 *
 * <p>The way of a post: {@code content} (file to value) → {@code markdown} (body to HTML) → {@code page} (value to
 * bytes) → {@code web} (bytes to the socket). The way of a change: {@code reload} → {@code purge}. This package only
 * puts them together; the others never look back at it.
 */
@NullMarked
package dev.weir.blog;

import org.jspecify.annotations.NullMarked;
