/** What a purge promises, tried while Redis or the way to it fails: real gateways, a real Redis, a bad network. */
@NullMarked
package dev.weir.gateway.fault;

import org.jspecify.annotations.NullMarked;
