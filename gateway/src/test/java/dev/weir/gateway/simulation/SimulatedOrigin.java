package dev.weir.gateway.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.origin.OriginCalls;
import dev.weir.gateway.origin.OriginFailure;
import dev.weir.gateway.origin.OriginResponse;
import dev.weir.gateway.origin.OriginSettings;
import dev.weir.gateway.tunnel.Tunnel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The origin, as one process calls it. Every answer tells when it was asked for: {@code X-Asked} of the last request that
 * brought or confirmed it, {@code X-Fetched} of the one that brought its bytes,
 * {@code X-Arrived} when that answer came.
 */
final class SimulatedOrigin implements OriginCalls {

    static final String ASKED = "X-Asked";
    static final String FETCHED = "X-Fetched";
    static final String ARRIVED = "X-Arrived";

    private final World world;
    private final List<Page> pages;
    private final List<SimulatedThread> threads;
    private final Temper temper;

    /**
     * What may be expected of it.
     *
     * @param failing how often it answers 503
     * @param slowest in ns, of each half of an exchange
     */
    record Temper(double failing, long slowest) {}

    /**
     * The pages and who asks for them.
     *
     * @param threads of that process, on which answers arrive
     */
    SimulatedOrigin(World world, List<Page> pages, List<SimulatedThread> threads, Temper temper) {
        this.world = world;
        this.pages = pages;
        this.threads = threads;
        this.temper = temper;
    }

    @Override
    public Mono<OriginResponse> fetch(
            OriginSettings settings, Request upstream, Duration patience, Consumer<ResponseHead> interim) {
        return Mono.create(sink -> {
            SimulatedThread thread = world.oneOf(threads);
            long begun = world.now();
            world.tell(() -> thread.process() + " asks the origin for " + upstream.path() + conditions(upstream));
            world.in(pace(), () -> {
                ResponseHead head = head(thread.process(), upstream, begun);
                String body = head.status() == 200 ? body(upstream, begun) : "";
                world.in(
                        pace(),
                        () -> thread.execute(() -> {
                            world.tell(() -> thread.process() + " gets " + head.status() + " for " + upstream.path()
                                    + ", asked for at " + begun / World.MILLI);
                            ResponseHead arrived =
                                    head.withHeaders(head.headers().plus(ARRIVED, Long.toString(world.now())));
                            sink.success(new OriginResponse(arrived, arriving(thread, body), () -> {}));
                        }));
            });
        });
    }

    private static String conditions(Request upstream) {
        String tags = upstream.headers().first("if-none-match");
        return tags == null ? "" : " if none match " + tags;
    }

    private static String body(Request upstream, long begun) {
        return upstream.path() + " fetched at " + begun;
    }

    private long pace() {
        return world.happens(0.85)
                ? world.delay(5 * World.MILLI, 100 * World.MILLI)
                : world.between(World.MILLI, temper.slowest());
    }

    private ResponseHead head(SimulatedProcess process, Request upstream, long begun) {
        Page page = pages.stream()
                .filter(each -> each.path.equals(upstream.path()))
                .findFirst()
                .orElseThrow();
        Headers.Builder fields = Headers.builder().add(ASKED, Long.toString(begun));
        if (world.happens(temper.failing())) {
            return new ResponseHead(503, fields.build());
        }
        fields.add("Cache-Control", page.cacheControl);
        if (!page.tags.isEmpty()) {
            fields.add("Surrogate-Key", String.join(" ", page.tags));
        }
        if (page.validator != Page.Validator.NONE) {
            fields.add("ETag", page.tag());
        }
        String asked = upstream.headers().first("if-none-match");
        if (asked != null && List.of(asked.split(", ")).contains(page.tag())) {
            page.confirmed(process.name(), page.tag());
            return new ResponseHead(304, fields.build());
        }
        fields.add(FETCHED, Long.toString(begun)).add("X-Version", Integer.toString(page.version()));
        fields.add("Content-Type", "text/plain");
        if (world.happens(0.5)) {
            fields.add("Content-Length", Integer.toString(body(upstream, begun).length()));
        } else {
            fields.add("Transfer-Encoding", "chunked");
        }
        return new ResponseHead(200, fields.build());
    }

    private Flux<byte[]> arriving(SimulatedThread thread, String body) {
        Sinks.Many<byte[]> chunks = Sinks.many().unicast().onBackpressureBuffer();
        if (body.isEmpty()) {
            chunks.tryEmitComplete();
            return chunks.asFlux();
        }
        int half = body.length() / 2;
        long first = pace();
        long second = first + pace();
        world.in(
                first,
                () -> thread.execute(
                        () -> chunks.tryEmitNext(body.substring(0, half).getBytes(UTF_8))));
        world.in(
                second,
                () -> thread.execute(() -> {
                    chunks.tryEmitNext(body.substring(half).getBytes(UTF_8));
                    chunks.tryEmitComplete();
                }));
        return chunks.asFlux();
    }

    @Override
    public Mono<OriginResponse> exchange(
            OriginSettings settings, Request upstream, @Nullable Flux<byte[]> body, Consumer<ResponseHead> interim) {
        return fetch(settings, upstream, Duration.ZERO, interim);
    }

    @Override
    public Mono<OriginResponse> upgrade(
            OriginSettings settings, Request upstream, Tunnel tunnel, Consumer<ResponseHead> interim) {
        return Mono.error(new OriginFailure(OriginFailure.Kind.MALFORMED, settings.name(), "no tunnels here"));
    }

    @Override
    public void retain(Set<OriginSettings> onDuty) {}

    @Override
    public long sentInAll() {
        return 0;
    }

    @Override
    public long secondAttempts() {
        return 0;
    }
}
