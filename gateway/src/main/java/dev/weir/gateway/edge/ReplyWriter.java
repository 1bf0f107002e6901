package dev.weir.gateway.edge;

import dev.weir.gateway.flow.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableChannel;
import reactor.netty.http.server.HttpServerRequest;

/** Writes a reply. Stored bytes go out as they lie in memory; streamed ones as they come. The end of the walk. */
final class ReplyWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ReplyWriter.class);

    private ReplyWriter() {}

    static Mono<Void> write(Reply reply, ServerHttpResponse response, HttpServerRequest wire) {
        response.setStatusCode(HttpStatusCode.valueOf(reply.head().status()));
        HttpHeaders fields = response.getHeaders();
        reply.head().headers().forEach(fields::add);
        byte[] body = reply.body();
        Flux<byte[]> stream = reply.stream();
        if (stream != null) {
            return stream(stream, response, wire);
        }
        if (body == null || body.length == 0) {
            return response.setComplete();
        }
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    /**
     * A body that breaks off must not look whole: the connection is closed before its end, so the client sees a short
     * Content-Length or a missing last chunk (RFC 9112 §8).
     */
    private static Mono<Void> stream(Flux<byte[]> chunks, ServerHttpResponse response, HttpServerRequest wire) {
        DataBufferFactory buffers = response.bufferFactory();
        Flux<DataBuffer> body = chunks.map(buffers::wrap);
        return response.writeWith(body).onErrorResume(failure -> {
            LOG.debug("A response broke off: {}", failure.toString());
            wire.withConnection(DisposableChannel::dispose);
            return Mono.never(); // ends with the connection
        });
    }
}
