package dev.weir.gateway.flow;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.observe.Outcome;
import dev.weir.gateway.origin.OriginCalls;
import dev.weir.gateway.origin.OriginFailure;
import dev.weir.gateway.origin.OriginResponse;
import dev.weir.gateway.policy.CacheStatus;
import dev.weir.gateway.policy.Storage;
import dev.weir.gateway.tunnel.Tunnel;
import dev.weir.gateway.tunnel.Tunnels;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Passes on a request for another protocol (RFC 9110 §7.8). Where the origin answers 101, both connections become a tunnel;
 * any other answer is a message like all others, and its connection stays with HTTP.
 */
final class Upgrading {

    private static final int SWITCHING_PROTOCOLS = 101;

    private final OriginCalls origins;
    private final Tunnels tunnels;

    Upgrading(OriginCalls origins, Tunnels tunnels) {
        this.origins = origins;
        this.tunnels = tunnels;
    }

    /**
     * Forwards the request, which has no content.
     *
     * @return always a reply
     */
    Mono<Reply> upgrade(Inbound in, Target target) {
        Tunnel tunnel = tunnels.open();
        if (tunnel == null) {
            return Mono.just(Problem.noTunnel(target));
        }
        Scheduler loop = Schedulers.fromExecutor(in.loop());
        CacheStatus status = CacheStatus.forwarded(CacheStatus.Forward.BYPASS).withDetail("upgrade");
        return origins.upgrade(target.origin(), Upstream.upgrade(in, target.route()), tunnel, in::tellInterim)
                .publishOn(loop)
                .map(response -> response.feeding(loop))
                .map(response -> reply(target, status, response, tunnel))
                .doOnDiscard(OriginResponse.class, lost -> lost.discard().run())
                .doOnCancel(tunnel::abandon)
                .doOnError(failure -> tunnel.close())
                .onErrorResume(OriginFailure.class, failure -> Mono.just(Problem.failed(target, failure, status)));
    }

    private static Reply reply(Target target, CacheStatus asked, OriginResponse response, Tunnel tunnel) {
        ResponseHead head = response.head();
        CacheStatus status = asked.withForwardStatus(head.status());
        if (head.status() == SWITCHING_PROTOCOLS) {
            Outcome outcome = new Outcome(target.id(), Outcome.Verdict.PASS, head.status());
            return Reply.switching(switching(head, status), tunnel, outcome);
        }
        // Its place among the tunnels is free when its connection, which no pool bounds, is done with
        Runnable unused = () -> {
            response.discard().run();
            tunnel.close();
        };
        return ArrivingReplies.through(target, head, status, response.body().doFinally(end -> tunnel.close()), unused);
    }

    private static ResponseHead switching(ResponseHead head, CacheStatus status) {
        Headers fields = head.headers();
        String protocol = fields.only("Upgrade");
        return head.withHeaders(Storage.forClients(fields)
                .with("Connection", "Upgrade")
                .with("Upgrade", protocol == null ? "" : protocol)
                .plus("Cache-Status", status.value()));
    }
}
