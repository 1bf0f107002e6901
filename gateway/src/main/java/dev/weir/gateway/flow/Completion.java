package dev.weir.gateway.flow;

import dev.weir.gateway.http.ContentRange;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.origin.OriginResponse;
import dev.weir.gateway.policy.Parts;
import dev.weir.gateway.policy.StoredResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Makes of a stored part and the origin's answer to a request for the rest what a request for the whole would have
 * brought (RFC 9111 §3.4). So all that follows sees one kind of response.
 */
final class Completion {

    private Completion() {}

    /** Whether that status answers the request for the rest in its own terms; any other answers for the whole. */
    static boolean isOfRest(int status) {
        return status == 206 || status == 416 || status == 304;
    }

    /**
     * Both together.
     *
     * @return null where the answer is not the rest of the same representation; it is then still to be given up
     */
    static @Nullable OriginResponse of(StoredResponse part, OriginResponse answer, StoredResponse.Times times) {
        ResponseHead head = Parts.completed(part, answer.head(), times);
        ContentRange held = Parts.rangeOf(part);
        if (head == null || held == null) {
            return null;
        }
        AtomicBoolean begun = new AtomicBoolean();
        Flux<byte[]> rest = answer.body().doOnSubscribe(subscription -> begun.set(true));
        Flux<byte[]> bytes = Flux.just(part.body().identity());
        Flux<byte[]> both = (held.slice().first() == 0 ? Flux.concat(bytes, rest) : Flux.concat(rest, bytes))
                .doOnCancel(() -> {
                    if (!begun.get()) {
                        answer.discard().run(); // given up within the stored bytes: nobody would read on
                    }
                });
        return new OriginResponse(head, both, answer.discard());
    }
}
