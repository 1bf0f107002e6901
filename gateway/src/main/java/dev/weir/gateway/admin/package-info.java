/** What the management port offers beside Boot's actuator: purge, explain, routes, replicas. */
@NullMarked
package dev.weir.gateway.admin;

import org.jspecify.annotations.NullMarked;
