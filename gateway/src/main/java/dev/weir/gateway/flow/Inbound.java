package dev.weir.gateway.flow;

import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.policy.Storage;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;

/**
 * A request as it came in.
 *
 * @param body to be subscribed at most once; not at all is fine
 * @param client the address of the peer, for the forwarding fields
 * @param loop the event loop of its connection: where its reply is fed
 * @param interim takes the heads of interim answers (1xx) that come before the final one; may drop them, on any thread
 */
public record Inbound(
        Request request, Flux<byte[]> body, String client, Executor loop, Consumer<ResponseHead> interim) {

    /** RFC 9112 §6.1, §6.3: a 1xx has no content and nothing that would frame it; a 103 may speak of the final one's. */
    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");

    /** Hands on an origin's interim answer to this request, as clients may see it. */
    void tellInterim(ResponseHead head) {
        interim.accept(head.withHeaders(Storage.forClients(head.headers()).without(FRAMING)));
    }

    /** The same peer, asking something else. */
    Inbound withRequest(Request other) {
        return new Inbound(other, body, client, loop, interim);
    }
}
