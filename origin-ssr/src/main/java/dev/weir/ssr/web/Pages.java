package dev.weir.ssr.web;

import dev.weir.ssr.render.RenderPool;
import dev.weir.ssr.spell.SpellQuery;
import dev.weir.ssr.spell.SpellStore;
import dev.weir.ssr.spell.SpellTags;
import java.util.Set;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The HTML pages. */
public final class Pages {
    private final SpellStore store;
    private final RenderPool pool;
    private final PageData data;

    public Pages(SpellStore store, RenderPool pool, PageData data) {
        this.store = store;
        this.pool = pool;
        this.data = data;
    }

    Mono<ServerResponse> list(ServerRequest request) {
        SpellQuery query = SpellQuery.of(request.queryParams()::getFirst);
        return store.list(query)
                .flatMap(list -> pool.render(data.list(list)).map(bytes -> Content.page(bytes, SpellTags.of(list))))
                .flatMap(content -> Answers.answer(request, content));
    }

    Mono<ServerResponse> detail(ServerRequest request) {
        String id = request.pathVariable("id");
        if (!SpellId.mayBe(id)) {
            return missing(request);
        }
        return store.find(id)
                .flatMap(detail ->
                        pool.render(data.detail(detail)).map(bytes -> Content.page(bytes, SpellTags.of(detail))))
                .switchIfEmpty(Mono.defer(() -> pool.render(data.missing("spell")))
                        .map(bytes -> Content.missingPage(bytes, SpellTags.ofMissing(id))))
                .flatMap(content -> Answers.answer(request, content));
    }

    Mono<ServerResponse> missing(ServerRequest request) {
        return pool.render(data.missing("page"))
                .map(bytes -> Content.missingPage(bytes, Set.of(SpellTags.ALL)))
                .flatMap(content -> Answers.answer(request, content));
    }
}
