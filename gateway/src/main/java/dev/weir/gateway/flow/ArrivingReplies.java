package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Flights;
import dev.weir.gateway.coalesce.Member;
import dev.weir.gateway.encode.Recompressor;
import dev.weir.gateway.http.ByteRanges.Slice;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.observe.Outcome;
import dev.weir.gateway.observe.Outcome.Verdict;
import dev.weir.gateway.policy.CacheRules;
import dev.weir.gateway.policy.CacheStatus;
import dev.weir.gateway.policy.Extent;
import dev.weir.gateway.policy.Storage;
import dev.weir.gateway.policy.Validation;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Replies from what is arriving from an origin: the head is here, the body goes on as it comes. */
final class ArrivingReplies {

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private ArrivingReplies() {}

    /** What the one whose request brought a response that gets shared gets of its head. */
    static ResponseHead own(ResponseHead head) {
        Headers.Builder fields = Storage.forClients(head.headers()).toBuilder();
        if (Recompressor.isEligible(head.headers(), length(head))) {
            Forms.varyByCoding(fields, head.headers());
        }
        return head.withHeaders(fields.build());
    }

    /** What all others get of that: made once, for they may be many. */
    static ResponseHead forAll(ResponseHead own, CacheRules rules) {
        return own.withHeaders(Storage.forOthers(own.headers(), rules));
    }

    /** From a response that gets stored: with its whole body where that has come, else with what comes of it. */
    static Mono<Reply> shared(Walk walk, Arrival.Shared shared, Flights.Joined<Arrival> joined) {
        boolean collapsed = !joined.started();
        boolean completed = shared.answered() == 206;
        CacheStatus status = (completed ? CacheStatus.forwarded(CacheStatus.Forward.PARTIAL) : walk.status())
                .withForwardStatus(shared.answered())
                .withStored();
        String told = (collapsed ? status.withCollapsed() : status).value();
        ResponseHead head = collapsed ? shared.head() : shared.own();
        ResponseHead sent = head.withHeaders(head.headers().plus("Cache-Status", told));
        Member<Arrival> member = joined.member();
        Reply reply = streaming(walk, sent, member, collapsed ? Verdict.COLLAPSED : Verdict.MISS);
        if (reply.stream() == null || reply.head().status() == 206 || sent.isEventStream()) {
            return Mono.just(reply);
        }
        return member.hasBegun()
                ? Mono.just(begun(reply, member))
                : member.begun().doOnCancel(member::leave).then(Mono.fromSupplier(() -> begun(reply, member)));
    }

    /** A head goes out with the first of its body; where that is all of it, both are written in one go. */
    private static Reply begun(Reply streaming, Member<Arrival> member) {
        byte[] whole = member.whole();
        if (whole == null) {
            return streaming;
        }
        member.leave();
        return Reply.of(streaming.head(), whole, streaming.outcome());
    }

    /** From a response for this client alone. */
    static Reply unshared(Walk walk, Arrival.Unshared unshared, Member<Arrival> member) {
        CacheStatus status =
                walk.status().withForwardStatus(unshared.head().status()).withDetail(unshared.reason());
        if (unshared.stored()) {
            status = status.withStored();
        }
        Headers fields = Storage.forClients(unshared.head().headers()).plus("Cache-Status", status.value());
        return streaming(walk, unshared.head().withHeaders(fields), member, Verdict.MISS);
    }

    private static Reply streaming(Walk walk, ResponseHead head, Member<Arrival> member, Verdict verdict) {
        String route = walk.target().id();
        return switch (Validation.evaluate(walk.client(), head.status(), head.headers())) {
            case NOT_MODIFIED -> {
                member.leave();
                yield Reply.empty(Partial.notModified(walk.client(), head), new Outcome(route, verdict, 304));
            }
            case FAILED -> {
                member.leave();
                yield Reply.empty(Partial.preconditionFailed(head), new Outcome(route, verdict, 412));
            }
            case SEND -> sent(walk, head, member, verdict);
        };
    }

    private static Reply sent(Walk walk, ResponseHead head, Member<Arrival> member, Verdict verdict) {
        String route = walk.target().id();
        Outcome outcome = new Outcome(route, verdict, head.status());
        if (walk.client().isHead() || head.isBodiless()) {
            member.leave();
            return Reply.empty(head, outcome);
        }
        long length = walk.wantsPart() ? length(head) : -1;
        // What has no length known beforehand is sent whole: a server may ignore Range (RFC 9110 §14.2)
        @Nullable Extent extent = length < 0 ? null : Extent.decide(walk.client(), head.status(), head.headers(), length);
        if (extent != null && extent.verdict() == Extent.Verdict.UNSATISFIABLE) {
            member.leave();
            return Reply.empty(Partial.unsatisfiable(head, length), new Outcome(route, verdict, 416));
        }
        if (extent != null && extent.slices().size() == 1) {
            Slice slice = extent.slices().get(0);
            return Reply.streaming(
                    Partial.head(head, slice, length),
                    Cut.of(member.body(), slice),
                    member::leave,
                    new Outcome(route, verdict, 206));
        }
        return Reply.streaming(head, member.body(), member::leave, outcome);
    }

    private static long length(ResponseHead head) {
        String length = head.headers().only("Content-Length");
        return length != null && LENGTH.matcher(length).matches() ? Long.parseLong(length) : -1;
    }

    /** From an origin's answer that the cache has no part in. */
    static Reply through(Target target, ResponseHead head, CacheStatus status, Flux<byte[]> body, Runnable discard) {
        Headers fields = Storage.forClients(head.headers()).plus("Cache-Status", status.value());
        ResponseHead sent = head.withHeaders(fields);
        Outcome outcome = new Outcome(target.id(), Verdict.PASS, head.status());
        return Reply.streaming(sent, body, discard, outcome);
    }
}
