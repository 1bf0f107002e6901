/**
 * Which origin a request goes to and under which rules: the first step of the walk, asked once per request. The table is read
 * from one YAML file ({@link dev.weir.gateway.route.RouteFile}), every mistake of which is reported with its place, and
 * swapped as one immutable value when that file changes ({@link dev.weir.gateway.route.RouteWatcher}). Next comes {@code
 * policy}, which applies the rules of the matched route.
 */
@NullMarked
package dev.weir.gateway.route;

import org.jspecify.annotations.NullMarked;
