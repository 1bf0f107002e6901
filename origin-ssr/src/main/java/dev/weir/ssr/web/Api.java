package dev.weir.ssr.web;

import dev.weir.ssr.spell.SpellDetail;
import dev.weir.ssr.spell.SpellQuery;
import dev.weir.ssr.spell.SpellStore;
import dev.weir.ssr.spell.SpellTags;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** What the pages show, as JSON. */
public final class Api {
    private final SpellStore store;
    private final JsonMapper mapper;

    public Api(SpellStore store, JsonMapper mapper) {
        this.store = store;
        this.mapper = mapper;
    }

    Mono<ServerResponse> list(ServerRequest request) {
        return store.list(SpellQuery.of(request.queryParams()::getFirst))
                .publishOn(Schedulers.parallel())
                .map(list -> Content.json(mapper.writeValueAsBytes(ApiList.of(list)), SpellTags.of(list)))
                .flatMap(content -> Answers.answer(request, content));
    }

    Mono<ServerResponse> detail(ServerRequest request) {
        String id = request.pathVariable("id");
        Mono<SpellDetail> found = SpellId.mayBe(id) ? store.find(id) : Mono.empty();
        return found.publishOn(Schedulers.parallel())
                .map(detail -> Content.json(mapper.writeValueAsBytes(detail), SpellTags.of(detail)))
                .switchIfEmpty(Mono.fromSupplier(() -> missing(id)))
                .flatMap(content -> Answers.answer(request, content));
    }

    private Content missing(String id) {
        byte[] problem = mapper.writeValueAsBytes(Problem.of(HttpStatus.NOT_FOUND, "no such spell"));
        return SpellId.mayBe(id)
                ? Content.missingJson(problem, SpellTags.ofMissing(id))
                : Content.missingJson(problem, Set.of(SpellTags.ALL));
    }
}
