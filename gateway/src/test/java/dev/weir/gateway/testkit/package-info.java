/** What tests share: real servers, hand-written fakes. */
@NullMarked
package dev.weir.gateway.testkit;

import org.jspecify.annotations.NullMarked;
