package dev.weir.gateway.flow;

import dev.weir.gateway.http.ContentRange;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.origin.OriginResponse;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.CacheRules;
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
import org.jspecify.annotations.Nullable;

/**
 * Keeps what passes by to one client and may answer others later: parts of what is too large to be fetched whole, and
 * answers to POST that say of themselves that they are what their target URI now stands for (RFC 9110 §9.3.3).
 */
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

    /**
     * What may be stored of the answer to a POST, under the key of its own target URI.
     *
     * @param moment at which the POST was sent
     */
    record Candidate(CacheKey key, Storage.Exchange exchange, Set<Selector> selectors, CacheRules rules, long moment) {}

    /**
     * Whether later GETs may have that answer. It was made before it came here: what has been struck since it was asked
     * for may be newer than it, so then it is not.
     *
     * @param request as it came: it says under which key
     * @param upstream as it went to the origin: the answer is one to that
     * @return null where it is for this client alone
     */
    @Nullable Candidate posted(Request request, Request upstream, CacheRules rules, ResponseHead answer, Sent sent) {
        if (!request.method().equals("POST") || answer.status() != 200) {
            return null;
        }
        CacheKey key = CacheKey.of(request);
        if (!key.equals(CacheKey.of(request, rules))) {
            return null; // a query that the route leaves out of the key may have shaped the answer
        }
        StoredResponse.Times times = new StoredResponse.Times(sent.at(), clock.instant());
        ResponseHead head = Storage.dated(answer, times);
        Request identity = upstream.withHeaders(upstream.headers().with("Accept-Encoding", "identity"));
        Set<Selector> selectors = Selectors.of(key, head.headers());
        boolean storable = Storage.decide(identity, head, rules).verdict() == Storage.Verdict.STORE
                && !head.headers().contains("Content-Encoding") // the identity is the truth, and was not asked for
                && Barred.hasVisibleEnd(head);
        return storable && !selectors.isEmpty() && !generations.struckSince(selectors, sent.position())
                ? new Candidate(
                        key,
                        new Storage.Exchange(identity, head, times),
                        selectors,
                        rules,
                        sent.position().moment())
                : null;
    }

    /** The moment before an invalidation; {@link #post} must know that nothing but that one came in between. */
    long moment() {
        return generations.now().moment();
    }

    /**
     * The answer to a POST, to be stored when all of it has come. To be called right after its own invalidation took
     * hold: that one must not strike it, any later one must.
     *
     * @param before the moment before that invalidation
     */
    Passed post(Candidate candidate, OriginResponse response, long before) {
        LogPosition after = generations.now();
        // Another one at the same time: nobody knows which is the newer. Time that went by since it was sent: its
        // moment would make it look younger than it is, to a replica that has lost its standing.
        if (after.moment() != before + 1 || candidate.moment() != before) {
            return Passed.unkept(response);
        }
        StoredResponse.Provenance provenance =
                new StoredResponse.Provenance(after, candidate.rules().hash(), candidate.selectors());
        OriginResponse watched = Capture.of(
                response,
                Filling.promisedLength(response.head()),
                candidate.rules().maxObjectBytes(),
                landing,
                bytes -> landing.keep(
                        Storage.make(candidate.key(), candidate.exchange(), provenance, bytes, candidate.rules()),
                        candidate.rules()));
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
