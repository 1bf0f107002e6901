package dev.weir.loadtest.run;

import dev.weir.loadtest.client.Errand;
import dev.weir.loadtest.client.OriginCounters;
import dev.weir.loadtest.client.Visitor;
import dev.weir.loadtest.report.BrowseResult;
import dev.weir.loadtest.report.Progress;
import dev.weir.loadtest.report.Tally;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Visitors walking over all pages, some far more popular than others: Zipf with an exponent of 1. Closed loop: each
 * connection asks again once it has its answer, so a slow server is asked less, and latencies say nothing of queues
 * that would have built up in front of it.
 */
public final class Browse {
    private static final double EXPONENT = 1.0;

    private final BrowsePlan plan;
    private final List<URI> gateways;
    private final Visitor visitor;
    private final OriginCounters counters;

    public Browse(BrowsePlan plan, List<URI> gateways, Visitor visitor, OriginCounters counters) {
        this.plan = plan;
        this.gateways = List.copyOf(gateways);
        this.visitor = visitor;
        this.counters = counters;
    }

    public Mono<BrowseResult> run(Progress progress) {
        Crawl crawl = new Crawl(visitor, gateways.get(0));
        return counters.total()
                .flatMap(start -> crawl.paths().flatMap(paths -> {
                    if (paths.isEmpty()) {
                        return Mono.error(new IllegalStateException("found no page: "
                                + crawl.tally().snapshot().totals().reasons()));
                    }
                    progress.say("found " + paths.size() + " pages and assets");
                    return counters.total()
                            .flatMap(before -> walk(paths, progress)
                                    .flatMap(walked -> counters.total()
                                            .map(after -> new BrowseResult(
                                                    new BrowseResult.Found(
                                                            paths.size(),
                                                            crawl.tally().snapshot(),
                                                            known(before - start)),
                                                    walked.tally.snapshot(),
                                                    known(after - before),
                                                    walked.took()))));
                }));
    }

    private long known(long originRequests) {
        return counters.areKnown() ? originRequests : BrowseResult.UNKNOWN;
    }

    private Mono<Walked> walk(List<String> found, Progress progress) {
        List<String> byPopularity = new ArrayList<>(found);
        Collections.shuffle(byPopularity, new Random(plan.seed()));
        Zipf zipf = new Zipf(found.size(), EXPONENT, plan.seed());
        // map runs on one thread at a time and in order, so the sampler needs no lock and the sequence is the seed's.
        return Flux.range(0, plan.requests())
                .map(i -> errand(i, byPopularity.get(zipf.next())))
                .flatMap(visitor::visit, plan.connections())
                .collect(Walked::new, (walked, visit) -> {
                    walked.tally.add(visit);
                    progress.step(walked.tally.count(), plan.requests());
                });
    }

    private Errand errand(int step, String path) {
        URI gateway = gateways.get(step % gateways.size());
        return new Errand(gateway, gateways.get(0).getRawAuthority(), path, "gzip");
    }

    private static final class Walked {
        private final Tally tally = new Tally();
        private final long start = System.nanoTime();

        Duration took() {
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }
}
