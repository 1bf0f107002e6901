package dev.weir.blog.purge;

import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** One round of attempts: asks the gateways in turn until one has recorded the event. Never fails, always answers. */
final class PurgeClient {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** Longer than the gateway waits for its replicas by default (5 s). */
    private static final Duration ANSWER = Duration.ofSeconds(8);

    private static final int LONGEST_DETAIL = 300;

    private final List<URI> purges;
    private final WebClient web;
    private final Clock clock;

    PurgeClient(PurgeSettings settings, Clock clock) {
        this.clock = clock;
        this.purges = settings.addresses().stream()
                .map(address -> UriComponentsBuilder.fromUri(address)
                        .pathSegment("purge")
                        .build()
                        .toUri())
                .toList();
        HttpClient http = HttpClient.create()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis())
                .responseTimeout(ANSWER);
        this.web = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + settings.key())
                .build();
    }

    /** The best answer of the round; a later address is asked only if no earlier one has recorded the event. */
    Mono<Answer> send(PurgeEvent event) {
        List<Mono<Answer>> attempts = new ArrayList<>();
        for (int i = 0; i < purges.size(); i++) {
            attempts.add(ask(purges.get(i), "gateway " + (i + 1) + " of " + purges.size(), event));
        }
        return Flux.concat(attempts).takeUntil(Answer::isRecorded).reduce(Answer::or);
    }

    /** @param name stands for the address in logs, which may hold more than a log should */
    private Mono<Answer> ask(URI purge, String name, PurgeEvent event) {
        return web.post()
                .uri(purge)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(new PurgeRequest(event.id(), "validate", event.tags(), event.reason()))
                .exchangeToMono(response -> read(response, name))
                .timeout(CONNECT.plus(ANSWER))
                .onErrorResume(e -> Mono.just(Answer.notNow(name + " can't be reached: " + cause(e))));
    }

    private Mono<Answer> read(ClientResponse response, String name) {
        int status = response.statusCode().value();
        Answer.Verdict verdict = switch (status) {
            case 200 -> Answer.Verdict.APPLIED;
            case 202 -> Answer.Verdict.RECORDED;
            case 400, 401, 413 -> Answer.Verdict.REFUSED;
            default -> Answer.Verdict.NOT_NOW;
        };
        String field = response.headers().asHttpHeaders().getFirst(HttpHeaders.RETRY_AFTER);
        @Nullable Duration retryAfter = RetryAfter.parse(field, clock.instant());
        if (verdict == Answer.Verdict.APPLIED || verdict == Answer.Verdict.RECORDED) {
            return response.releaseBody().thenReturn(new Answer(verdict, retryAfter, name + " answered " + status));
        }
        return response.bodyToMono(String.class)
                .onErrorReturn("")
                .defaultIfEmpty("")
                .map(body -> new Answer(verdict, retryAfter, name + " answered " + status + " " + oneLine(body)));
    }

    private static String cause(Throwable error) {
        return error instanceof TimeoutException ? "no answer in time" : oneLine(String.valueOf(error.getMessage()));
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > LONGEST_DETAIL ? line.substring(0, LONGEST_DETAIL) + "…" : line;
    }

    /** The body of the gateway's purge contract. */
    private record PurgeRequest(String id, String mode, List<String> tags, String reason) {}
}
