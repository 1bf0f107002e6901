/** What the tests share: a gateway on free ports, an origin that does as it is told, a real Redis, a plain HTTP client. */
@NullMarked
package dev.weir.gateway.testkit;

import org.jspecify.annotations.NullMarked;
