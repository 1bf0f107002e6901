package dev.weir.gateway.origin;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
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

    private final String origin;
    private final HttpClient http;
    private final String base;
    private final String prefix;
    private final OriginSettings.Timeouts timeouts;
    private final ConnectionProvider pool;

    OriginClient(OriginSettings settings, URI url, LoopResources loops) {
        this.origin = settings.name();
        this.base = url.toString();
        String path = url.getRawPath();
        this.prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        this.timeouts = settings.timeouts();
        this.pool = ConnectionProvider.builder("origin-" + settings.name())
                .maxConnections(settings.maxConnections())
                .pendingAcquireMaxCount(settings.maxPending())
                .pendingAcquireTimeout(settings.timeouts().response())
                .evictionPredicate(IdleLimit::isOver)
                .lifo()
                .build();
        this.http = HttpClient.create(pool)
                .runOn(loops)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.timeouts().connect().toMillis())
                .responseTimeout(settings.timeouts().response())
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
        HttpClient.RequestSender sender = http.headers(fields -> write(upstream, fields))
                .doOnRequest((request, connection) ->
                        begin(connection.channel().pipeline(), prefix + upstream.target(), interim))
                .request(HttpMethod.valueOf(upstream.method()))
                .uri(base);
        HttpClient.ResponseReceiver<?> receiver =
                body == null ? sender : sender.send((request, out) -> out.send(body.map(Unpooled::wrappedBuffer)));
        return receiver.responseConnection((response, connection) -> receive(response, connection))
                .next()
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

    private Mono<OriginResponse> receive(HttpClientResponse response, Connection connection) {
        onlyWhatIsAwaitedTimesOut(connection.channel().pipeline());
        ResponseHead head = FinalAnswers.head(response.status(), response.responseHeaders());
        IdleLimit.note(connection.channel(), head.headers());
        Flux<byte[]> body =
                connection.inbound().receive().asByteArray().onErrorMap(failure -> Failures.of(origin, failure));
        String fault = fault(head);
        if (fault != null) {
            connection.dispose();
            return Mono.error(new OriginFailure(OriginFailure.Kind.MALFORMED, origin, fault));
        }
        return Mono.just(new OriginResponse(head, body, connection::dispose));
    }

    /** Why that can't be a final answer whose end is known; null where it can. */
    private static @Nullable String fault(ResponseHead head) {
        if (head.status() < 200) {
            return "another protocol, which nobody asked for"; // RFC 9110 §15.2.2: Upgrade is never sent to origins
        }
        return isFramed(head.headers()) ? null : "a transfer coding that is not known";
    }

    /** RFC 9112 §6.1, §6.3: under any other transfer coding nobody here can tell content from framing. */
    private static boolean isFramed(Headers fields) {
        String coding = fields.list("Transfer-Encoding");
        return coding == null || coding.equalsIgnoreCase("chunked");
    }

    /** From the head on; Reactor Netty goes by the name when it takes the handler off. On the channel's event loop. */
    private void onlyWhatIsAwaitedTimesOut(ChannelPipeline pipeline) {
        if (pipeline.get(NettyPipeline.ResponseTimeoutHandler) != null) {
            pipeline.replace(
                    NettyPipeline.ResponseTimeoutHandler,
                    NettyPipeline.ResponseTimeoutHandler,
                    new AwaitedRead(timeouts.response(), timeouts.total()));
        }
    }

    Mono<Void> close() {
        return pool.disposeLater();
    }
}
