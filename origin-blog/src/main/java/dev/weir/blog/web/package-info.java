/**
 * Requests to answers, from the snapshot alone: no I/O, no parsing, no rendering.
 */
@NullMarked
package dev.weir.blog.web;

import org.jspecify.annotations.NullMarked;
