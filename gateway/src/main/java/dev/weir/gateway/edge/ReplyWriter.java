package dev.weir.gateway.edge;

import dev.weir.gateway.flow.Reply;
import dev.weir.gateway.flow.RequestFlow;
import dev.weir.gateway.tunnel.Tunnel;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Writes a reply. Stored bytes go out as they lie in memory; streamed ones as they come. The end of the walk. */
final class ReplyWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ReplyWriter.class);

    /** As much as a connection's buffer may hold before it counts as full. */
    private static final int SLICE_BYTES = 64 * 1024;

    private static final byte[] NOTHING = new byte[0];

    private ReplyWriter() {}

    static Mono<Void> write(Reply reply, ServerHttpResponse response, HttpServerRequest wire) {
        Tunnel tunnel = reply.tunnel();
        if (tunnel != null) {
            UpgradeGate gate = channel(wire).pipeline().get(UpgradeGate.class);
            if (gate == null) { // the client has left just now
                tunnel.close();
                return Mono.empty();
            }
            gate.switchProtocols(reply.head(), tunnel);
            return Mono.never(); // ends with the connection, which has left HTTP
        }
        response.setStatusCode(HttpStatusCode.valueOf(reply.head().status()));
        HttpHeaders fields = response.getHeaders();
        reply.head().headers().forEach(fields::add);
        byte[] body = reply.body();
        Flux<byte[]> stream = reply.stream();
        if (stream != null) {
            // The head waits for the first piece of its body, which may be long in coming where it is an event
            return stream(reply, reply.head().isEventStream() ? stream.startWith(NOTHING) : stream, response, wire);
        }
        if (body == null || body.length == 0) {
            return response.setComplete();
        }
        DataBufferFactory buffers = response.bufferFactory();
        return body.length <= SLICE_BYTES
                ? response.writeWith(Mono.just(buffers.wrap(body)))
                : response.writeWith(paced(slices(body), wire).map(buffers::wrap));
    }

    /** Views of the bytes; nothing is copied until the socket takes one. */
    private static Flux<ByteBuffer> slices(byte[] body) {
        int count = (body.length + SLICE_BYTES - 1) / SLICE_BYTES;
        return Flux.range(0, count).map(i -> {
            int from = i * SLICE_BYTES;
            return ByteBuffer.wrap(body, from, Math.min(SLICE_BYTES, body.length - from))
                    .slice();
        });
    }

    /**
     * Each piece only when the former have left room: what is written ahead of a client that does not read is memory
     * outside of all accounts.
     */
    private static <T> Flux<T> paced(Flux<T> pieces, HttpServerRequest wire) {
        Channel channel = channel(wire);
        Outflow outflow = channel.pipeline().get(Outflow.class);
        return pieces.concatMapDelayError(piece -> outflow.room(channel).thenReturn(piece), 1);
    }

    private static Channel channel(HttpServerRequest wire) {
        Channel[] channel = new Channel[1];
        wire.withConnection(connection -> channel[0] = connection.channel());
        return channel[0];
    }

    /**
     * A body that breaks off must not look whole: the connection is closed before its end, so the client sees a short
     * Content-Length or a missing last chunk (RFC 9112 §8). One that breaks off before the head has gone out is an error
     * that can still be told.
     */
    private static Mono<Void> stream(
            Reply reply, Flux<byte[]> chunks, ServerHttpResponse response, HttpServerRequest wire) {
        DataBufferFactory buffers = response.bufferFactory();
        Flux<DataBuffer> body = paced(chunks, wire).map(buffers::wrap);
        return response.writeWith(body).onErrorResume(failure -> {
            LOG.debug("A response broke off: {}", failure.toString());
            if (!response.isCommitted()) {
                String date = response.getHeaders().getFirst("Date");
                response.getHeaders().clear();
                Reply instead = RequestFlow.brokenOff(reply);
                return write(date == null ? instead : instead.with("Date", date), response, wire);
            }
            wire.withConnection(connection -> {
                connection.channel().flush(); // what came is the client's
                connection.dispose();
            });
            return Mono.never(); // ends with the connection
        });
    }
}
