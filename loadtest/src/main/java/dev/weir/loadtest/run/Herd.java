package dev.weir.loadtest.run;

import dev.weir.loadtest.client.Errand;
import dev.weir.loadtest.client.Gate;
import dev.weir.loadtest.client.OriginCounters;
import dev.weir.loadtest.client.Visit;
import dev.weir.loadtest.client.Visitor;
import dev.weir.loadtest.report.HerdResult;
import dev.weir.loadtest.report.Tally;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Many clients, each with a connection of its own, asking for the same page in the same moment, when no tier has it.
 * Half of them ask for gzip, so that the identity of the bodies is checked across codings.
 */
public final class Herd {
    private final HerdPlan plan;
    private final List<URI> gateways;
    private final Visitor visitor;
    private final OriginCounters counters;

    public Herd(HerdPlan plan, List<URI> gateways, Visitor visitor, OriginCounters counters) {
        this.plan = plan;
        this.gateways = List.copyOf(gateways);
        this.visitor = visitor;
        this.counters = counters;
    }

    public Mono<HerdResult> run() {
        String path = coldPath();
        return counters.total()
                .flatMap(before -> release(path)
                        .flatMap(herd -> counters.total().map(after -> herd.result(path, after - before))));
    }

    /** A query that nobody has asked for makes a real page cold in every tier. */
    private String coldPath() {
        char separator = plan.path().indexOf('?') < 0 ? '?' : '&';
        return plan.path() + separator + "herd=" + UUID.randomUUID().toString().substring(0, 8);
    }

    private Mono<Gathered> release(String path) {
        Gate gate = new Gate(plan.clients());
        return Flux.range(0, plan.clients())
                .flatMap(client -> visitor.visitThrough(gate, errand(client, path)), plan.clients())
                .collect(Gathered::new, Gathered::add);
    }

    private Errand errand(int client, String path) {
        int replicas = gateways.size();
        String coding = (client / replicas) % 2 == 0 ? "gzip" : "identity";
        return new Errand(gateways.get(client % replicas), gateways.get(0).getRawAuthority(), path, coding);
    }

    /** What came back, gathered one by one (flatMap hands its values on serially). */
    private final class Gathered {
        private final Tally tally = new Tally();
        private final Set<String> bodies = new HashSet<>();
        private int bodySize;

        void add(Visit visit) {
            tally.add(visit);
            visit.answer().ifPresent(answer -> {
                bodies.add(answer.status() + " " + answer.body().digest());
                bodySize = answer.body().size();
            });
        }

        HerdResult result(String path, long originRequests) {
            return new HerdResult(
                    new HerdResult.Setting(path, plan.clients(), gateways.size(), plan.originLimit()),
                    tally.snapshot(),
                    bodies.size(),
                    bodySize,
                    counters.areKnown() ? originRequests : HerdResult.UNKNOWN);
        }
    }
}
