/**
 * HTTP in and out: routes, page and API handlers, validators, tags, failures. Asks {@code spell}, {@code render} and
 * {@code purge}; nothing asks it.
 */
@NullMarked
package dev.weir.ssr.web;

import org.jspecify.annotations.NullMarked;
