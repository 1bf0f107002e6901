package dev.weir.gateway.flow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.coalesce.Flight;
import dev.weir.gateway.coalesce.Flights;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.origin.OriginSettings;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.CacheStatus;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.route.Route;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@DisplayName("A reply from a shared response")
class ArrivingRepliesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final byte[] WHOLE = "all of it".getBytes(ISO_8859_1);
    private static final ResponseHead HEAD =
            new ResponseHead(200, Headers.of("Content-Type", "text/html", "Content-Length", "9"));

    private final Flights<String, Arrival> flights = new Flights<>(() -> 0);
    private final Flights.Joined<Arrival> joined = flights.join("page", Runnable::run, flight -> true);
    private final Flight<Arrival> flight = joined.member().flight();

    private Mono<Reply> reply(ResponseHead head, String... fields) {
        Route route = Route.toOrigin("site", "/**", "site");
        OriginSettings origin = new OriginSettings(
                "site",
                List.of(URI.create("http://127.0.0.1")),
                new OriginSettings.Timeouts(PATIENCE, PATIENCE, PATIENCE),
                1,
                1);
        Request request = new Request("GET", "http", "a.example", "/", null, Headers.of(fields));
        Inbound in = new Inbound(request, Flux.empty(), "192.0.2.1", Runnable::run, interim -> {});
        CacheKey key = CacheKey.of(request);
        CacheStatus status = CacheStatus.forwarded(CacheStatus.Forward.URI_MISS);
        Walk walk = new Walk(in, new Target(route, origin, ""), key, Upstream.whole(in, route, key), status, null);
        ResponseHead own = ArrivingReplies.own(head);
        ResponseHead forAll = ArrivingReplies.forAll(own, walk.rules());
        Arrival.Shared shared = new Arrival.Shared(forAll, own, StoredResponse.Variant.NONE, Set.of(), head.status());
        return ArrivingReplies.shared(walk, shared, joined);
    }

    @Test
    @DisplayName("has the body in one piece where it is whole when its first bytes are there, and leaves the flight")
    void wholeAtOnce() {
        StepVerifier.create(reply(HEAD))
                .expectSubscription()
                .then(() -> flight.end(WHOLE, WHOLE))
                .assertNext(reply -> {
                    assertThat(reply.body()).isSameAs(WHOLE);
                    assertThat(reply.stream()).isNull();
                })
                .expectComplete()
                .verify(PATIENCE);
        assertThat(flights.memberCount()).isZero();
    }

    @Test
    @DisplayName("streams where more is to come after its first bytes")
    void streamed() {
        StepVerifier.create(reply(HEAD).flatMapMany(reply -> Objects.requireNonNull(reply.stream())))
                .expectSubscription()
                .then(() -> flight.append("all ".getBytes(ISO_8859_1)))
                .expectNextCount(1)
                .then(() -> flight.end("of it".getBytes(ISO_8859_1), WHOLE))
                .expectNextMatches(chunk -> new String(chunk, ISO_8859_1).equals("of it"))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(flights.memberCount()).isZero();
    }

    @Test
    @DisplayName("has no body in one piece that has failed")
    void failed() {
        flight.append("all ".getBytes(ISO_8859_1));
        flight.fail(new IllegalStateException("broke off"));

        StepVerifier.create(reply(HEAD).flatMapMany(reply -> Objects.requireNonNull(reply.stream())))
                .expectNextCount(1)
                .expectError(IllegalStateException.class)
                .verify(PATIENCE);
    }

    @Test
    @DisplayName("is only the part that was asked for, of a whole body too")
    void part() {
        flight.end(WHOLE, WHOLE);

        Reply reply = Objects.requireNonNull(reply(HEAD, "Range", "bytes=4-5").block(PATIENCE));

        assertThat(reply.head().status()).isEqualTo(206);
        StepVerifier.create(Objects.requireNonNull(reply.stream()))
                .expectNextMatches(chunk -> new String(chunk, ISO_8859_1).equals("of"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    @DisplayName("does not wait where it consists of events")
    void events() {
        ResponseHead events = new ResponseHead(200, Headers.of("Content-Type", "text/event-stream"));

        StepVerifier.create(reply(events)).expectNextCount(1).expectComplete().verify(PATIENCE);
    }

    @Test
    @DisplayName("that nobody waits for any more leaves the flight")
    void givenUp() {
        reply(HEAD).subscribe().dispose();

        assertThat(flights.memberCount()).isZero();
    }
}
