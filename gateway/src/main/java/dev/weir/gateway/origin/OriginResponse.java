package dev.weir.gateway.origin;

import dev.weir.gateway.http.ResponseHead;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * The head of an origin's response, its body still on the wire. Whoever receives one must subscribe to the body once or
 * call {@code discard}.
 *
 * @param body chunks as they arrive, copied out of pooled memory; fails with {@link OriginFailure} when it is cut short;
 *     cancelling it closes the connection
 * @param discard gives the body up; the connection is closed
 */
public record OriginResponse(ResponseHead head, Flux<byte[]> body, Runnable discard) {

    /** How many chunks may wait between the origin's thread and another. */
    private static final int AHEAD = 8;

    /** The same, its body delivered on that scheduler. */
    public OriginResponse feeding(Scheduler scheduler) {
        return new OriginResponse(head, body.publishOn(scheduler, AHEAD), discard);
    }
}
