package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Flights;
import dev.weir.gateway.http.ByteRanges.Slice;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.observe.Outcome;
import dev.weir.gateway.observe.Outcome.Verdict;
import dev.weir.gateway.policy.Age;
import dev.weir.gateway.policy.CacheStatus;
import dev.weir.gateway.policy.Extent;
import dev.weir.gateway.policy.Parts;
import dev.weir.gateway.policy.Reuse;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Validation;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;

/** Replies from stored responses: the form, the client's own conditions, the part it asks for. */
final class StoredReplies {

    static final String MEMORY = "memory";
    static final String REDIS = "redis";

    private StoredReplies() {}

    /** From a stored response as it is. */
    static Reply hit(Walk walk, StoredResponse stored, Reuse reuse, String tier) {
        Verdict verdict = reuse.verdict() == Reuse.Verdict.STALE_WHILE_REVALIDATE
                ? Verdict.STALE
                : tier.equals(MEMORY) ? Verdict.HIT_MEMORY : Verdict.HIT_REDIS;
        CacheStatus status = walk.hit().withTtl(reuse.ttl()).withDetail(tier);
        return of(walk, stored, reuse.age(), status, verdict);
    }

    /** From a stored response that the origin has just confirmed. */
    static Reply confirmed(Walk walk, StoredResponse stored, Reuse reuse, Flights.Joined<Arrival> joined) {
        // Memory had nothing, yet something was confirmed: it came from the shared tier
        boolean unknownHere = walk.status().forward() == CacheStatus.Forward.URI_MISS;
        CacheStatus known = unknownHere ? walk.status().withForward(CacheStatus.Forward.STALE) : walk.status();
        CacheStatus status = known.withForwardStatus(304).withTtl(reuse.ttl()).withStored();
        return of(walk, stored, reuse.age(), joined.started() ? status : status.withCollapsed(), Verdict.REVALIDATED);
    }

    /** From a stale stored response, since the origin has nothing better. */
    static Reply staleOnError(Walk walk, Instant now) {
        StoredResponse stale = Objects.requireNonNull(walk.stale());
        Duration age = Age.at(stale, now);
        CacheStatus status = walk.hit().withDetail("stale-on-error");
        return of(walk, stale, age, status, Verdict.STALE);
    }

    /**
     * What of a stored part a client gets.
     *
     * @param slice by positions in the whole
     * @param length of the whole
     */
    record Within(StoredResponse part, Slice slice, long length) {}

    /** From a stored part that has what is asked for. */
    static Reply part(Walk walk, Within within, Reuse reuse, String tier) {
        Verdict verdict = tier.equals(MEMORY) ? Verdict.HIT_MEMORY : Verdict.HIT_REDIS;
        CacheStatus status = CacheStatus.hit().withTtl(reuse.ttl()).withDetail(tier);
        ResponseHead head = head(Forms.choose(walk.client(), within.part()), 206, reuse.age(), status);
        return judged(walk, head, verdict, () -> {
            ResponseHead sized = Partial.head(head, within.slice(), within.length());
            byte[] bytes = Parts.bytes(within.part(), within.slice());
            return Reply.of(sized, bytes, new Outcome(walk.target().id(), verdict, 206));
        });
    }

    private static ResponseHead head(Forms form, int status, Duration age, CacheStatus cacheStatus) {
        Headers fields = form.fields()
                .add("Age", Long.toString(age.toSeconds()))
                .add("Cache-Status", cacheStatus.value())
                .build();
        return new ResponseHead(status, fields);
    }

    private static Reply of(Walk walk, StoredResponse stored, Duration age, CacheStatus status, Verdict verdict) {
        Forms form = Forms.choose(walk.client(), stored);
        ResponseHead head = head(form, stored.status(), age, status);
        return judged(walk, head, verdict, () -> sized(walk, head, form.bytes(), verdict));
    }

    /** The client's own conditions first. */
    private static Reply judged(Walk walk, ResponseHead head, Verdict verdict, Supplier<Reply> met) {
        String route = walk.target().id();
        return switch (Validation.evaluate(walk.client(), head.status(), head.headers())) {
            case NOT_MODIFIED ->
                Reply.empty(Partial.notModified(walk.client(), head), new Outcome(route, verdict, 304));
            case FAILED -> Reply.empty(Partial.preconditionFailed(head), new Outcome(route, verdict, 412));
            case SEND -> met.get();
        };
    }

    private static Reply sized(Walk walk, ResponseHead head, byte[] bytes, Verdict verdict) {
        String route = walk.target().id();
        Extent extent = Extent.decide(walk.client(), head.status(), head.headers(), bytes.length);
        switch (extent.verdict()) {
            case PARTS -> {
                return Partial.of(head, bytes, extent.slices(), new Outcome(route, verdict, 206));
            }
            case UNSATISFIABLE -> {
                return Reply.empty(Partial.unsatisfiable(head, bytes.length), new Outcome(route, verdict, 416));
            }
            case WHOLE -> {
                Outcome outcome = new Outcome(route, verdict, head.status());
                if (head.isBodiless()) {
                    return Reply.empty(head, outcome);
                }
                ResponseHead sized =
                        head.withHeaders(head.headers().with("Content-Length", Integer.toString(bytes.length)));
                return walk.client().isHead() ? Reply.empty(sized, outcome) : Reply.of(sized, bytes, outcome);
            }
        }
        throw new IllegalStateException("unreachable: the switch above is exhaustive");
    }
}
