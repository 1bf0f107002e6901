package dev.weir.gateway.flow;

import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.observe.Outcome;
import dev.weir.gateway.tunnel.Tunnel;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * What goes back to the client.
 *
 * @param body the bytes at hand; null where they are streamed
 * @param stream the bytes as they arrive, to be subscribed once or given up by {@code unused}; null where they are at hand
 * @param unused to be run when stream or tunnel won't be used after all
 * @param tunnel into which the client's connection goes after this head; null where the answer is a message
 */
@SuppressWarnings("ArrayRecordComponent") // the stored bytes themselves: written to the socket, never to
public record Reply(
        ResponseHead head,
        byte @Nullable [] body,
        @Nullable Flux<byte[]> stream,
        Runnable unused,
        Outcome outcome,
        @Nullable Tunnel tunnel) {

    private static final byte[] NOTHING = new byte[0];

    static Reply of(ResponseHead head, byte[] body, Outcome outcome) {
        return new Reply(head, body, null, () -> {}, outcome, null);
    }

    static Reply empty(ResponseHead head, Outcome outcome) {
        return of(head, NOTHING, outcome);
    }

    /** The same with one more field. */
    public Reply with(String name, String value) {
        return withHead(head.withHeaders(head.headers().plus(name, value)));
    }

    Reply withHead(ResponseHead other) {
        return new Reply(other, body, stream, unused, outcome, tunnel);
    }

    static Reply streaming(ResponseHead head, Flux<byte[]> stream, Runnable unused, Outcome outcome) {
        return new Reply(head, null, stream, unused, outcome, null);
    }

    static Reply switching(ResponseHead head, Tunnel tunnel, Outcome outcome) {
        return new Reply(head, null, null, tunnel::close, outcome, tunnel);
    }
}
