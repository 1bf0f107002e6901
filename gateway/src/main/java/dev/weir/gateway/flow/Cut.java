package dev.weir.gateway.flow;

import dev.weir.gateway.http.ByteRanges.Slice;
import java.util.Arrays;
import reactor.core.publisher.Flux;

/** Takes one part out of a body that is streaming by. Where it stands is its own; one for each subscription. */
final class Cut {

    private final Slice slice;
    private long position;

    private Cut(Slice slice) {
        this.slice = slice;
    }

    /** The bytes of that slice; leaves the body once it has them. */
    static Flux<byte[]> of(Flux<byte[]> body, Slice slice) {
        return Flux.defer(() -> {
            Cut cut = new Cut(slice);
            return body.map(cut::next).takeUntil(chunk -> cut.isDone()).filter(chunk -> chunk.length > 0);
        });
    }

    private byte[] next(byte[] chunk) {
        long start = position;
        position += chunk.length;
        long from = Math.max(slice.first(), start);
        long to = Math.min(slice.last() + 1, position);
        if (from >= to) {
            return new byte[0];
        }
        return to - from == chunk.length ? chunk : Arrays.copyOfRange(chunk, (int) (from - start), (int) (to - start));
    }

    private boolean isDone() {
        return position > slice.last();
    }
}
