package dev.weir.gateway.origin;

import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.tunnel.Tunnel;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the walk asks of origins. {@link Origins} speaks to real ones; a simulation answers by itself. */
public interface OriginCalls {

    /**
     * One exchange with an origin.
     *
     * @param upstream as it goes on the wire
     * @param body null for a request without content
     * @param interim takes the heads of interim answers as they come, on the thread of the connection: not to be blocked
     * @return the head with the body behind it; fails with {@link OriginFailure}
     */
    Mono<OriginResponse> exchange(
            OriginSettings settings, Request upstream, @Nullable Flux<byte[]> body, Consumer<ResponseHead> interim);

    /**
     * One request for another protocol, on a connection of its own. The breaker sees what comes of the handshake; how a
     * tunnel ends says nothing of the origin's health.
     *
     * @param upstream with the fields that ask for it, without content
     * @param tunnel gets the connection where the head is a 101
     * @param interim as for {@link #exchange}
     * @return as {@link #exchange}; a 101 has no body
     */
    Mono<OriginResponse> upgrade(
            OriginSettings settings, Request upstream, Tunnel tunnel, Consumer<ResponseHead> interim);

    /**
     * One exchange for a request that may be sent twice (a safe method without content): by a second attempt where the
     * first one fails before its head or has none for too long. Never more than two; both count as requests, and as one
     * for the breaker.
     *
     * @param patience how long the first attempt may be without a head
     * @param interim as for {@link #exchange}
     * @return as {@link #exchange}
     */
    Mono<OriginResponse> fetch(
            OriginSettings settings, Request upstream, Duration patience, Consumer<ResponseHead> interim);

    /** Closes what the routes on duty no longer name; exchanges under way end first. */
    void retain(Set<OriginSettings> onDuty);

    /** Requests begun so far, to all origins. */
    long sentInAll();

    /** Second attempts made so far. */
    long secondAttempts();
}
