package dev.weir.gateway.flow;

import dev.weir.gateway.flow.Keeping.Passed;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.origin.OriginCalls;
import dev.weir.gateway.origin.OriginFailure;
import dev.weir.gateway.origin.OriginResponse;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.CacheStatus;
import dev.weir.gateway.policy.Invalidation;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.purge.Invalidations;
import dev.weir.gateway.purge.Purge;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Passes a request to its origin and the answer back; {@link Keeping} may take a copy on the way. What an unsafe method
 * has changed is invalidated before its answer goes out (RFC 9111 §4.4).
 */
final class Forwarding {

    private final OriginCalls origins;
    private final Invalidations invalidations;
    private final HeadUpdate headUpdate;
    private final Keeping keeping;

    Forwarding(FlowParts parts, Keeping keeping) {
        this.origins = parts.origins();
        this.invalidations = parts.invalidations();
        this.headUpdate = new HeadUpdate(parts.store(), parts.clock());
        this.keeping = keeping;
    }

    /**
     * Forwards.
     *
     * @param reason why the cache has no part in it; goes into Cache-Status
     * @return always a reply
     */
    Mono<Reply> forward(Inbound in, Target target, String reason) {
        CacheStatus.Forward forward =
                in.request().isGet() || in.request().isHead() ? CacheStatus.Forward.BYPASS : CacheStatus.Forward.METHOD;
        return forward(in, target, CacheStatus.forwarded(forward).withDetail(reason));
    }

    /** The same for one that the cache could have answered: what it lacked is known. */
    Mono<Reply> forward(Walk walk, String reason) {
        return forward(walk.in(), walk.target(), walk.status().withDetail(reason));
    }

    private Mono<Reply> forward(Inbound in, Target target, CacheStatus status) {
        Request upstream = Upstream.forwarded(in, target.route());
        Keeping.Sent sent = keeping.sent();
        Mono<Passed> passed = origins.exchange(
                        target.origin(),
                        upstream,
                        Upstream.hasContent(in.request()) ? in.body() : null,
                        in::tellInterim)
                .flatMap(response -> {
                    Purge byHead = headUpdate.apply(in, target, response.head(), sent);
                    Purge purge = byHead != null ? byHead : struck(in.request(), target, response);
                    Keeping.Candidate posted =
                            keeping.posted(in.request(), upstream, target.rules(), response.head(), sent);
                    long before = keeping.moment();
                    Mono<OriginResponse> invalidated = invalidated(purge, response); // holds here from now on
                    Passed kept = posted == null ? Passed.unkept(response) : keeping.post(posted, response, before);
                    return invalidated.map(same -> kept);
                });
        return reply(in, target, status, passed);
    }

    /**
     * Forwards a request for a part of what is too large for the cache; the part itself is stored.
     *
     * @return always a reply
     */
    Mono<Reply> forwardPart(Walk walk, String reason) {
        if (!Upstream.isPlainPart(walk.client())) {
            return forward(walk, reason);
        }
        Keeping.Sent sent = keeping.sent();
        Mono<Passed> passed = origins.exchange(
                        walk.target().origin(), Upstream.part(walk), null, walk.in()::tellInterim)
                .map(response -> keeping.part(walk, response, sent));
        return reply(walk.in(), walk.target(), walk.status().withDetail(reason), passed);
    }

    private static Mono<Reply> reply(Inbound in, Target target, CacheStatus status, Mono<Passed> passed) {
        Scheduler loop = Schedulers.fromExecutor(in.loop());
        return passed.publishOn(loop) // Reactor Netty may lose a client's next request to an answer from another thread
                .map(each -> reply(target, status, each, loop))
                .doOnDiscard(
                        Passed.class, lost -> lost.response().discard().run()) // the client left between two threads
                .onErrorResume(OriginFailure.class, failure -> Mono.just(Problem.failed(target, failure, status)));
    }

    private static Reply reply(Target target, CacheStatus status, Passed passed, Scheduler loop) {
        OriginResponse response = passed.response().feeding(loop);
        CacheStatus told = status.withForwardStatus(response.head().status());
        return ArrivingReplies.through(
                target, response.head(), passed.kept() ? told.withStored() : told, response.body(), response.discard());
    }

    /**
     * The response, once what it changed holds here and is in the log, if that can be; given up if the client leaves
     * meanwhile.
     */
    private Mono<OriginResponse> invalidated(@Nullable Purge purge, OriginResponse response) {
        AtomicBoolean handedOn = new AtomicBoolean();
        Runnable giveUp = () -> {
            if (handedOn.compareAndSet(false, true)) {
                response.discard().run(); // nobody else knows of it: its connection would never come back
            }
        };
        return invalidate(purge)
                .then(Mono.fromSupplier(() -> {
                    handedOn.set(true);
                    return response;
                }))
                .doOnCancel(giveUp)
                .doOnError(fault -> giveUp.run());
    }

    /** What an unsafe method has changed; null for nothing. */
    private static @Nullable Purge struck(Request request, Target target, OriginResponse response) {
        Set<Selector> struck = Invalidation.causedBy(request, response.head());
        if (struck.isEmpty()) {
            return null;
        }
        // its own URL as the route keeps it, which may have less of a query than the one that was asked for
        Selector kept = new Selector(
                Selector.Kind.URL, CacheKey.of(request, target.rules()).url());
        List<Selector> all =
                Stream.concat(struck.stream(), Stream.of(kept)).distinct().toList();
        return new Purge(Purge.newId(), Purge.Mode.VALIDATE, all, request.method() + " " + request.path());
    }

    private Mono<Void> invalidate(@Nullable Purge purge) {
        if (purge == null) {
            return Mono.empty();
        }
        return invalidations.strike(purge.mode(), Set.copyOf(purge.selectors()), purge.cause());
    }
}
