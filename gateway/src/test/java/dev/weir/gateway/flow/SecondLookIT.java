package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.route.RouteWatcher;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.HeldOrigin;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A flight that lands after a request has looked into memory and before it starts a flight of its own: by a clock that
 * has it land just then. The request must find what has landed and not fetch the same once more.
 */
@Timeout(60)
class SecondLookIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private HeldOrigin origin;
    private GatewayUnderTest gateway;
    private RequestFlow flow;
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

    /** Real time; whoever asks for it may find that something has happened meanwhile. */
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            meanwhile.getAndSet(() -> {}).run();
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    @BeforeEach
    void start() {
        origin = new HeldOrigin();
        gateway = GatewayUnderTest.start(GatewayUnderTest.routesTo(origin.url(), ""));
        FlowParts parts = gateway.bean(FlowParts.class);
        FlowParts interleaved = new FlowParts(
                parts.store(),
                parts.generations(),
                parts.invalidations(),
                parts.origins(),
                parts.tunnels(),
                parts.lease(),
                parts.recompressor(),
                clock,
                parts.bounds(),
                parts.showsKeys());
        flow = new RequestFlow(interleaved, gateway.bean(RouteWatcher.class).current());
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        origin.close();
    }

    private CompletableFuture<String> ask() {
        Request request = new Request("GET", "http", "a.test", "/page", null, Headers.empty());
        Inbound in = new Inbound(request, Flux.empty(), "127.0.0.1", Runnable::run, interim -> {});
        return flow.answer(in)
                .flatMap(reply -> reply.stream() == null
                        ? Mono.justOrEmpty(reply.body())
                        : reply.stream().reduce(new byte[0], SecondLookIT::joined))
                .map(String::new)
                .toFuture();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private String fetched(String body, String... fields) {
        CompletableFuture<String> asked = ask();
        origin.next().answer(body, fields);
        return read(asked);
    }

    private static String read(CompletableFuture<String> asked) {
        return asked.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Test
    void whatHasLandedBetweenTheLookIntoMemoryAndTheFetchIsNotFetchedAgain() {
        assertThat(fetched("old", "Cache-Control: public, max-age=0", "ETag: \"1\""))
                .isEqualTo("old");
        meanwhile.set(() -> assertThat(fetched("new", "Cache-Control: public, max-age=60", "ETag: \"2\""))
                .isEqualTo("new"));

        CompletableFuture<String> late = ask();

        assertThat(read(late)).isEqualTo("new");
        assertThat(origin.count()).isEqualTo(2);
    }
}
