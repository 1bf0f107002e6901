package dev.weir.gateway.origin;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.tunnel.Tunnel;
import dev.weir.gateway.tunnel.TunnelEnd;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** Speaks HTTP/1.1 to one server of an origin, over a bounded pool of connections. */
final class OriginClient {

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final Duration WITHOUT_END = Duration.ofNanos(Long.MAX_VALUE);

    private final String origin;
    private final HttpClient http;
    private final HttpClient upgrading;
    private final String base;
    private final OriginSettings.Timeouts timeouts;
    private final Duration silence;
    private final ConnectionProvider pool;

    /**
     * For one server.
     *
     * @param silence how long an event stream may go without an event
     */
    OriginClient(OriginSettings settings, URI url, LoopResources loops, Duration silence) {
        this.silence = silence;
        this.origin = settings.name();
        this.base = url.toString();
        this.timeouts = settings.timeouts();
        this.pool = ConnectionProvider.builder("origin-" + settings.name())
                .maxConnections(settings.maxConnections())
                .pendingAcquireMaxCount(settings.maxPending())
                .pendingAcquireTimeout(settings.timeouts().response())
                .evictionPredicate(IdleLimit::isOver)
                .lifo()
                .build();
        this.http = speaking(HttpClient.create(pool), loops);
        // Each on a connection of its own: it may leave HTTP, and never comes back
        this.upgrading = speaking(HttpClient.newConnection(), loops);
    }

    private HttpClient speaking(HttpClient client, LoopResources loops) {
        return client.runOn(loops)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        timeouts.connect().toMillis())
                .responseTimeout(timeouts.response())
                .disableRetry(true) // retries are the flight's affair
                .keepAlive(true)
                .doOnChannelInit((observer, channel, remote) -> guard(channel.pipeline()))
                .headers(HttpHeaders::clear);
    }

    private static void guard(ChannelPipeline pipeline) {
        OriginCodec codec = new OriginCodec();
        pipeline.replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, codec);
        pipeline.addAfter(NettyPipeline.HttpCodec, "weir-final-answers", new FinalAnswers(codec));
    }

    /**
     * One exchange.
     *
     * @param upstream as it goes on the wire: its authority becomes Host, its target the request line
     * @param body null for none; a request with Content-Length keeps it, otherwise it goes in chunks
     * @param interim takes the heads of interim answers, on the connection's event loop
     * @return fails with {@link OriginFailure}
     */
    Mono<OriginResponse> exchange(Request upstream, @Nullable Flux<byte[]> body, Consumer<ResponseHead> interim) {
        HttpClient.RequestSender sender = sender(http, upstream, interim);
        HttpClient.ResponseReceiver<?> receiver =
                body == null ? sender : sender.send((request, out) -> out.send(body.map(Unpooled::wrappedBuffer)));
        return first(receiver.responseConnection((response, connection) -> receive(response, connection)));
    }

    /**
     * One request for another protocol.
     *
     * @param upstream with {@code Upgrade}, without content
     * @param tunnel gets the connection where the head is a 101; that has no body to be read
     * @param interim as for {@link #exchange}
     * @return any other head is an ordinary response; fails with {@link OriginFailure}
     */
    Mono<OriginResponse> upgrade(Request upstream, Tunnel tunnel, Consumer<ResponseHead> interim) {
        return first(sender(upgrading, upstream, interim)
                .responseConnection((response, connection) -> response.status().code() == SWITCHING_PROTOCOLS
                        ? switched(upstream, response, connection, tunnel)
                        : receive(response, connection)));
    }

    private HttpClient.RequestSender sender(HttpClient client, Request upstream, Consumer<ResponseHead> interim) {
        return client.headers(fields -> write(upstream, fields))
                .doOnRequest(
                        (request, connection) -> begin(connection.channel().pipeline(), upstream.target(), interim))
                .request(HttpMethod.valueOf(upstream.method()))
                .uri(base);
    }

    private Mono<OriginResponse> first(Flux<OriginResponse> answers) {
        return answers.next()
                .switchIfEmpty(Mono.error(() -> new OriginFailure(OriginFailure.Kind.BROKEN, origin, "no answer")))
                .onErrorMap(failure -> Failures.of(origin, failure));
    }

    /** On the channel's event loop, before the request goes out. */
    private static void begin(ChannelPipeline pipeline, String target, Consumer<ResponseHead> interim) {
        pipeline.get(OriginCodec.class).target(target);
        pipeline.get(FinalAnswers.class).begin(interim);
    }

    private static void write(Request upstream, HttpHeaders fields) {
        fields.set("Host", upstream.authority());
        upstream.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("host")) {
                fields.add(name, value);
            }
        });
    }

    /** RFC 9110 §7.8: only to what was asked for. */
    private Mono<OriginResponse> switched(
            Request upstream, HttpClientResponse response, Connection connection, Tunnel tunnel) {
        ResponseHead head = FinalAnswers.head(response.status(), response.responseHeaders());
        String asked = upstream.headers().only("Upgrade");
        TunnelEnd end = connection.channel().pipeline().get(TunnelEnd.class);
        if (end == null
                || asked == null
                || !asked.equalsIgnoreCase(head.headers().only("Upgrade"))) {
            connection.dispose();
            return Mono.error(new OriginFailure(
                    OriginFailure.Kind.MALFORMED, origin, "another protocol than the one that was asked for"));
        }
        tunnel.take(end);
        return Mono.just(new OriginResponse(head, Flux.empty(), tunnel::close));
    }

    private Mono<OriginResponse> receive(HttpClientResponse response, Connection connection) {
        ResponseHead head = FinalAnswers.head(response.status(), response.responseHeaders());
        onlyWhatIsAwaitedTimesOut(connection.channel().pipeline(), head);
        IdleLimit.note(connection.channel(), head.headers());
        String fault = fault(head);
        if (fault != null) {
            connection.dispose();
            return Mono.error(new OriginFailure(OriginFailure.Kind.MALFORMED, origin, fault));
        }
        Unclaimed unclaimed = new Unclaimed(connection, () -> end(connection), timeouts.response());
        Flux<byte[]> body = connection
                .inbound()
                .receive()
                .asByteArray()
                .doOnSubscribe(taken -> unclaimed.claim())
                .doOnCancel(() -> connection.markPersistent(false))
                .onErrorMap(failure -> Failures.of(origin, failure));
        return Mono.just(new OriginResponse(head, body, () -> {
            unclaimed.claim();
            end(connection);
        }));
    }

    /** Where the whole body is there already, the pool would take the connection back while it is being closed. */
    private static void end(Connection connection) {
        connection.markPersistent(false).dispose();
    }

    /** Why that can't be a final answer whose end is known; null where it can. */
    private static @Nullable String fault(ResponseHead head) {
        if (head.status() < 200) {
            return "another protocol, which nobody asked for"; // RFC 9110 §15.2.2
        }
        return isFramed(head.headers()) ? null : "a transfer coding that is not known";
    }

    /** RFC 9112 §6.1, §6.3: under any other transfer coding nobody here can tell content from framing. */
    private static boolean isFramed(Headers fields) {
        String coding = fields.list("Transfer-Encoding");
        return coding == null || coding.equalsIgnoreCase("chunked");
    }

    /** From the head on; Reactor Netty goes by the name when it takes the handler off. On the channel's event loop. */
    private void onlyWhatIsAwaitedTimesOut(ChannelPipeline pipeline, ResponseHead head) {
        if (pipeline.get(NettyPipeline.ResponseTimeoutHandler) != null) {
            pipeline.replace(
                    NettyPipeline.ResponseTimeoutHandler,
                    NettyPipeline.ResponseTimeoutHandler,
                    head.isEventStream()
                            ? new AwaitedRead(silence, WITHOUT_END)
                            : new AwaitedRead(timeouts.response(), timeouts.total()));
        }
    }

    Mono<Void> close() {
        return pool.disposeLater();
    }
}
