package dev.weir.ssr.purge;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

/** Asks the gateway's management addresses, one after the other, until one takes the event. */
final class PurgeClient {
    /** The gateway's words for an event. */
    private record Body(String id, String mode, Set<String> tags, String reason) {}

    private final HttpClient http;
    private final JsonMapper mapper;
    private final List<String> addresses;

    PurgeClient(PurgeSettings settings, JsonMapper mapper) {
        this.mapper = mapper;
        this.addresses = settings.urls().stream().map(PurgeClient::endpoint).toList();
        this.http = HttpClient.create()
                .responseTimeout(settings.timeout())
                .headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                        .set(HttpHeaderNames.AUTHORIZATION, "Bearer " + settings.key()));
    }

    private static String endpoint(URI url) {
        return url.toString().replaceAll("/+$", "") + "/purge";
    }

    /** Returns the best answer; never an error. */
    Mono<PurgeAnswer> send(PurgeEvent event) {
        byte[] body = mapper.writeValueAsBytes(new Body(event.id(), "validate", event.tags(), event.reason()));
        return Flux.fromIterable(addresses)
                .concatMap(address -> post(address, body), 1)
                .takeUntil(answer -> !answer.leavesHope())
                .reduce(PurgeAnswer::or);
    }

    private Mono<PurgeAnswer> post(String address, byte[] body) {
        return http.post()
                .uri(address)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .responseSingle((response, content) -> content.asByteArray()
                        .then(Mono.fromSupplier(() -> PurgeAnswer.of(
                                address,
                                response.status().code(),
                                response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER)))))
                .onErrorResume(error -> Mono.just(PurgeAnswer.failed(address, error)));
    }
}
