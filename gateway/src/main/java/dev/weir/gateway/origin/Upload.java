package dev.weir.gateway.origin;

import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The content of one request on its way to an origin. What goes wrong with it is the client's doing: it ends the exchange
 * at once, so that no connection waits for an answer to half a request, and is not held against the origin.
 */
final class Upload {

    private final String origin;
    private final Flux<byte[]> content;
    private final Duration longest;
    private final Sinks.Empty<OriginResponse> broken = Sinks.empty();

    Upload(String origin, Flux<byte[]> content, Duration longest) {
        this.origin = origin;
        this.content = content;
        this.longest = longest;
    }

    /** The content; to be subscribed once. */
    Flux<byte[]> content() {
        Mono<byte[]> late = Mono.delay(longest)
                .flatMap(over -> Mono.error(new OriginFailure(OriginFailure.Kind.UPLOAD_LATE, origin, "")));
        return content.takeUntilOther(late).onErrorMap(this::broken);
    }

    /** That exchange, which sends {@link #content}; fails when the content does, with a failure not of the origin's. */
    Mono<OriginResponse> during(Mono<OriginResponse> exchange) {
        return exchange.takeUntilOther(broken.asMono());
    }

    private OriginFailure broken(Throwable failure) {
        OriginFailure blamed = failure instanceof OriginFailure known
                ? known
                : new OriginFailure(OriginFailure.Kind.UPLOAD_BROKEN, origin, Failures.detail(failure));
        broken.tryEmitError(blamed);
        return blamed;
    }
}
