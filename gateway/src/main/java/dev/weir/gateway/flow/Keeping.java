package dev.weir.gateway.flow;

import dev.weir.gateway.http.ContentRange;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.origin.OriginResponse;
import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Parts;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.Selectors;
import dev.weir.gateway.policy.Storage;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.purge.Generations;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/** Keeps what passes by to one client and may answer others later: parts of what is too large to be fetched whole. */
final class Keeping {

    private final Generations generations;
    private final Clock clock;
    private final Landing landing;

    Keeping(FlowParts parts, Landing landing) {
        this.generations = parts.generations();
        this.clock = parts.clock();
        this.landing = landing;
    }

    /**
     * The state of things when a request went out.
     *
     * @param position what was applied of the invalidation log
     */
    record Sent(LogPosition position, Instant at) {}

    Sent sent() {
        return new Sent(generations.now(), clock.instant());
    }

    /**
     * An answer on its way to a client.
     *
     * @param kept whether a copy is stored when all of it has come
     */
    record Passed(OriginResponse response, boolean kept) {

        static Passed unkept(OriginResponse response) {
            return new Passed(response, false);
        }
    }

    /** The answer to a request for a part, which is stored as one if it may be (RFC 9111 §3.3). */
    Passed part(Walk walk, OriginResponse response, Sent sent) {
        StoredResponse.Times times = new StoredResponse.Times(sent.at(), clock.instant());
        ResponseHead head = Storage.dated(response.head(), times);
        Set<Selector> selectors = Selectors.of(walk.key(), head.headers());
        long length = promised(head);
        boolean storable = Parts.decide(walk.upstream(), head, walk.rules()).verdict() == Storage.Verdict.STORE;
        if (!storable || selectors.isEmpty() || length < 0) {
            return Passed.unkept(response);
        }
        Storage.Exchange exchange = new Storage.Exchange(walk.upstream(), head, times);
        StoredResponse.Provenance provenance =
                new StoredResponse.Provenance(sent.position(), walk.rulesHash(), selectors);
        OriginResponse watched = Capture.of(
                response,
                length,
                walk.rules().maxObjectBytes(),
                landing,
                bytes -> landing.keep(Parts.make(walk.key(), exchange, provenance, bytes, walk.rules()), walk.rules()));
        return new Passed(watched, true);
    }

    /** The length of a part whose two lengths agree; -1 for any other. */
    private static long promised(ResponseHead head) {
        String value = head.headers().only("Content-Range");
        ContentRange range = value == null ? null : ContentRange.parse(value);
        String length = head.headers().only("Content-Length");
        return range != null && Long.toString(range.slice().length()).equals(length)
                ? range.slice().length()
                : -1;
    }
}
