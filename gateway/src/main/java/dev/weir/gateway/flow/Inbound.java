package dev.weir.gateway.flow;

import dev.weir.gateway.http.Request;
import java.util.concurrent.Executor;
import reactor.core.publisher.Flux;

/**
 * A request as it came in.
 *
 * @param body to be subscribed at most once; not at all is fine
 * @param client the address of the peer, for the forwarding fields
 * @param loop the event loop of its connection: where its reply is fed
 */
public record Inbound(Request request, Flux<byte[]> body, String client, Executor loop) {}
