package dev.weir.loadtest.run;

import dev.weir.loadtest.client.Answer;
import dev.weir.loadtest.client.Errand;
import dev.weir.loadtest.client.Visit;
import dev.weir.loadtest.client.Visitor;
import dev.weir.loadtest.report.Tally;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds all pages and their assets by following links from a few starting points, one level after the other. Each path
 * is visited once; past {@link #MAX_PATHS} no more are taken up.
 */
final class Crawl {
    static final int MAX_PATHS = 2_000;
    private static final List<String> STARTS = List.of("/blog/", "/spells");
    private static final int CONCURRENCY = 8;

    private final Visitor visitor;
    private final URI gateway;
    private final Tally tally = new Tally();
    private final Set<String> known = new LinkedHashSet<>(STARTS);
    private final List<String> good = new ArrayList<>();

    Crawl(Visitor visitor, URI gateway) {
        this.visitor = visitor;
        this.gateway = gateway;
    }

    /** Paths that answered 200, in the order of their finding, which depends on the pages alone. */
    Mono<List<String>> paths() {
        return level(STARTS).thenReturn(good);
    }

    Tally tally() {
        return tally;
    }

    // flatMapSequential hands the visits on one by one, so the collections need no lock.
    private Mono<Void> level(List<String> paths) {
        return Flux.fromIterable(paths)
                .flatMapSequential(
                        path -> visitor.visit(new Errand(gateway, gateway.getRawAuthority(), path, "gzip")),
                        CONCURRENCY)
                .collectList()
                .flatMap(visits -> {
                    List<String> next = new ArrayList<>();
                    visits.forEach(visit -> next.addAll(taken(visit)));
                    return next.isEmpty() ? Mono.empty() : level(next);
                });
    }

    private List<String> taken(Visit visit) {
        tally.add(visit);
        List<String> fresh = new ArrayList<>();
        visit.answer().ifPresent(answer -> {
            if (answer.status() == 200) {
                good.add(visit.path());
            }
            for (String link : linksOf(visit.path(), answer)) {
                if (known.size() < MAX_PATHS && known.add(link)) {
                    fresh.add(link);
                }
            }
        });
        return fresh;
    }

    private Set<String> linksOf(String path, Answer answer) {
        URI page = gateway.resolve(path);
        Set<String> links = new LinkedHashSet<>();
        if (!answer.location().isEmpty()) {
            Links.onSameServer(page, answer.location()).ifPresent(links::add);
        }
        if (answer.isHtml()) {
            links.addAll(Links.in(page, answer.body().text()));
        }
        return links;
    }
}
