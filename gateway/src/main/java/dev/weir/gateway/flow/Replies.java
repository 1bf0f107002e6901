package dev.weir.gateway.flow;

import dev.weir.gateway.coalesce.Flights;
import dev.weir.gateway.coalesce.Member;
import dev.weir.gateway.encode.Negotiation;
import dev.weir.gateway.encode.Recompressor;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.observe.Outcome;
import dev.weir.gateway.observe.Outcome.Verdict;
import dev.weir.gateway.origin.OriginFailure;
import dev.weir.gateway.policy.Age;
import dev.weir.gateway.policy.Body;
import dev.weir.gateway.policy.CacheStatus;
import dev.weir.gateway.policy.EntityTags;
import dev.weir.gateway.policy.Reuse;
import dev.weir.gateway.policy.Storage;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Validation;
import dev.weir.gateway.route.Action;
import dev.weir.gateway.route.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Makes replies: from stored responses, from what arrives, from what went wrong. The last step of the walk. */
final class Replies {

    static final String MEMORY = "memory";
    static final String REDIS = "redis";

    private Replies() {}

    /** From a stored response as it is. */
    static Reply hit(RequestFlow.Walk walk, StoredResponse stored, Reuse reuse, String tier) {
        Verdict verdict = reuse.verdict() == Reuse.Verdict.STALE_WHILE_REVALIDATE
                ? Verdict.STALE
                : tier.equals(MEMORY) ? Verdict.HIT_MEMORY : Verdict.HIT_REDIS;
        CacheStatus status = CacheStatus.hit().withTtl(reuse.ttl()).withDetail(tier);
        return ofStored(walk, stored, reuse.age(), status, verdict);
    }

    /** From a stored response that the origin has just confirmed. */
    static Reply confirmed(RequestFlow.Walk walk, StoredResponse stored, Reuse reuse, Flights.Joined<Arrival> joined) {
        CacheStatus status = CacheStatus.forwarded(CacheStatus.Forward.STALE)
                .withForwardStatus(304)
                .withTtl(reuse.ttl())
                .withStored();
        return ofStored(
                walk, stored, reuse.age(), joined.started() ? status : status.withCollapsed(), Verdict.REVALIDATED);
    }

    /** From a stale stored response, since the origin has nothing better. */
    static Reply staleOnError(RequestFlow.Walk walk, Instant now) {
        StoredResponse stale = Objects.requireNonNull(walk.stale());
        Duration age = Age.at(stale, now);
        CacheStatus status = CacheStatus.hit().withDetail("stale-on-error");
        return ofStored(walk, stale, age, status, Verdict.STALE);
    }

    private static Reply ofStored(
            RequestFlow.Walk walk, StoredResponse stored, Duration age, CacheStatus status, Verdict verdict) {
        boolean eligible = Recompressor.isEligible(stored.headers());
        Body.@Nullable Coded coded = eligible ? Negotiation.choose(walk.client().headers(), stored.body()) : null;
        byte[] bytes = coded == null ? stored.body().identity() : coded.bytes();
        Headers fields = storedFields(stored, coded, eligible)
                .add("Age", Long.toString(age.toSeconds()))
                .add("Cache-Status", status.value())
                .build();
        return conditional(walk, new ResponseHead(stored.status(), fields), bytes, verdict);
    }

    private static Headers.Builder storedFields(StoredResponse stored, Body.@Nullable Coded coded, boolean eligible) {
        Headers.Builder fields =
                Storage.forClients(stored.headers()).toBuilder().remove("age").remove("content-length");
        if (eligible) {
            appendVary(fields, stored.headers());
        }
        if (coded != null) {
            fields.add("Content-Encoding", coded.coding());
            String tag = stored.headers().first("etag");
            if (tag != null) {
                fields.remove("etag").add("ETag", EntityTags.withCoding(tag, coded.tagSuffix()));
            }
        }
        return fields;
    }

    private static void appendVary(Headers.Builder fields, Headers stored) {
        String vary = stored.list("vary");
        if (vary == null) {
            fields.add("Vary", "Accept-Encoding");
        } else if (!vary.toLowerCase(java.util.Locale.ROOT).contains("accept-encoding")) {
            fields.remove("vary").add("Vary", vary + ", Accept-Encoding");
        }
    }

    /** The client's own conditions and method, applied to a representation that is whole. */
    private static Reply conditional(RequestFlow.Walk walk, ResponseHead head, byte[] bytes, Verdict verdict) {
        String route = walk.target().id();
        return switch (Validation.evaluate(walk.client(), head.status(), head.headers())) {
            case NOT_MODIFIED -> Reply.empty(notModified(head), new Outcome(route, verdict, 304));
            case FAILED -> Reply.empty(preconditionFailed(head), new Outcome(route, verdict, 412));
            case SEND -> {
                ResponseHead sized = head.isBodiless()
                        ? head
                        : head.withHeaders(head.headers().with("Content-Length", Integer.toString(bytes.length)));
                yield walk.client().isHead()
                        ? Reply.empty(sized, new Outcome(route, verdict, head.status()))
                        : Reply.of(sized, bytes, new Outcome(route, verdict, head.status()));
            }
        };
    }

    /** RFC 9110 §15.4.5: what a 304 carries; the rest describes a body that is not sent. */
    private static ResponseHead notModified(ResponseHead head) {
        return new ResponseHead(304, head.headers().filter(name -> switch (name.toLowerCase(java.util.Locale.ROOT)) {
            case "content-length", "content-encoding", "content-type", "content-language", "content-range" -> false;
            default -> true;
        }));
    }

    private static ResponseHead preconditionFailed(ResponseHead head) {
        return new ResponseHead(
                412,
                Headers.of(
                                "Cache-Status",
                                Objects.requireNonNullElse(head.headers().first("cache-status"), "weir"))
                        .with("Content-Length", "0"));
    }

    /** From a response that is arriving and gets stored. */
    static Reply arriving(RequestFlow.Walk walk, ResponseHead head, Flights.Joined<Arrival> joined) {
        boolean collapsed = !joined.started();
        CacheStatus status = CacheStatus.forwarded(missReason(walk))
                .withForwardStatus(head.status())
                .withStored();
        Headers.Builder fields = Storage.forClients(head.headers()).toBuilder();
        if (Recompressor.isEligible(head.headers())) {
            appendVary(fields, head.headers());
        }
        fields.add("Cache-Status", (collapsed ? status.withCollapsed() : status).value());
        ResponseHead sent = head.withHeaders(fields.build());
        return streaming(walk, sent, joined.member(), collapsed ? Verdict.COLLAPSED : Verdict.MISS);
    }

    /** From a response that is arriving for this client alone. */
    static Reply passing(RequestFlow.Walk walk, Arrival.Unshared unshared, Member<Arrival> member) {
        CacheStatus status = CacheStatus.forwarded(missReason(walk))
                .withForwardStatus(unshared.head().status())
                .withDetail(unshared.reason());
        Headers fields = Storage.forClients(unshared.head().headers()).plus("Cache-Status", status.value());
        return streaming(walk, unshared.head().withHeaders(fields), member, Verdict.MISS);
    }

    private static CacheStatus.Forward missReason(RequestFlow.Walk walk) {
        return walk.stale() == null ? CacheStatus.Forward.URI_MISS : CacheStatus.Forward.STALE;
    }

    private static Reply streaming(RequestFlow.Walk walk, ResponseHead head, Member<Arrival> member, Verdict verdict) {
        String route = walk.target().id();
        switch (Validation.evaluate(walk.client(), head.status(), head.headers())) {
            case NOT_MODIFIED -> {
                member.leave();
                return Reply.empty(notModified(head), new Outcome(route, verdict, 304));
            }
            case FAILED -> {
                member.leave();
                return Reply.empty(preconditionFailed(head), new Outcome(route, verdict, 412));
            }
            case SEND -> {
                Outcome outcome = new Outcome(route, verdict, head.status());
                if (walk.client().isHead() || head.isBodiless()) {
                    member.leave();
                    return Reply.empty(head, outcome);
                }
                return Reply.streaming(head, member.body(), member::leave, outcome);
            }
        }
        throw new IllegalStateException("unreachable: the switch above is exhaustive");
    }

    /** From an origin's answer that the cache has no part in. */
    static Reply through(
            Request request,
            Target target,
            ResponseHead head,
            CacheStatus status,
            Flux<byte[]> body,
            Runnable discard) {
        Headers fields = Storage.forClients(head.headers()).plus("Cache-Status", status.value());
        ResponseHead sent = head.withHeaders(fields);
        Outcome outcome = new Outcome(target.id(), Verdict.PASS, head.status());
        return Reply.streaming(sent, body, discard, outcome);
    }

    static Reply redirect(Route route, Action.Redirect redirect) {
        ResponseHead head = new ResponseHead(
                redirect.status(),
                Headers.of(
                        "Location", redirect.location(),
                        "Content-Length", "0",
                        "Cache-Control", "no-cache",
                        "Cache-Status", "weir; detail=redirect"));
        return Reply.empty(head, new Outcome(route.id(), Verdict.LOCAL, redirect.status()));
    }

    static Reply noRoute(Request request) {
        return Problem.reply("-", 404, "No route", "No route matches " + request.path() + '.', Verdict.LOCAL);
    }

    static Reply onlyIfCached(RequestFlow.Walk walk) {
        return Problem.reply(
                walk.target().id(),
                504,
                "Not in the cache",
                "The request asks for a stored response only, and there is none that may be used.",
                Verdict.FAILED);
    }

    static Reply failed(Target target, OriginFailure failure) {
        return Problem.failed(target, failure);
    }
}
