package dev.weir.gateway.origin;

import dev.weir.gateway.http.ResponseHead;
import reactor.core.publisher.Flux;

/**
 * The head of an origin's response, its body still on the wire. Whoever receives one must subscribe to the body once or
 * call {@code discard}.
 *
 * @param body chunks as they arrive, copied out of pooled memory; fails with {@link OriginFailure} when it is cut short;
 *     cancelling it closes the connection
 * @param discard gives the body up; the connection is closed
 */
public record OriginResponse(ResponseHead head, Flux<byte[]> body, Runnable discard) {}
