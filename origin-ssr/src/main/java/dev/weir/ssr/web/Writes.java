package dev.weir.ssr.web;

import dev.weir.ssr.purge.PurgeEmitter;
import dev.weir.ssr.spell.InvalidSpell;
import dev.weir.ssr.spell.Spell;
import dev.weir.ssr.spell.SpellChange;
import dev.weir.ssr.spell.SpellForm;
import dev.weir.ssr.spell.SpellStore;
import dev.weir.ssr.spell.SpellTags;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ContentTooLargeException;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Changes of spells: checked, committed, and then told to the gateway. */
public final class Writes {
    private final SpellStore store;
    private final PurgeEmitter purges;
    private final AdminKey key;
    private final JsonMapper mapper;

    public Writes(SpellStore store, PurgeEmitter purges, AdminKey key, JsonMapper mapper) {
        this.store = store;
        this.purges = purges;
        this.key = key;
        this.mapper = mapper;
    }

    Mono<ServerResponse> put(ServerRequest request) {
        if (!key.opens(request.headers().firstHeader("Authorization"))) {
            return problem(request, Problem.of(HttpStatus.UNAUTHORIZED, "expected: the admin key as a bearer token"));
        }
        if (request.headers()
                .contentType()
                .filter(MediaType.APPLICATION_JSON::includes)
                .isEmpty()) {
            return problem(request, Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "expected: application/json"));
        }
        String id = request.pathVariable("id");
        return request.bodyToMono(byte[].class)
                .defaultIfEmpty(new byte[0])
                .map(body -> SpellForm.read(id, mapper.readTree(body)))
                .flatMap(spell -> replace(request, spell))
                .onErrorResume(InvalidSpell.class, e -> problem(request, invalid(e)))
                .onErrorResume(
                        JacksonException.class,
                        e -> problem(request, Problem.of(HttpStatus.BAD_REQUEST, "the body is not JSON")))
                .onErrorResume(Writes::tooLarge, e -> {
                    return problem(request, Problem.of(HttpStatus.CONTENT_TOO_LARGE, "expected: at most 64 KiB"));
                });
    }

    private Mono<ServerResponse> replace(ServerRequest request, Spell spell) {
        Mono<SpellChange> change = SpellId.mayBe(spell.id()) ? store.replace(spell) : Mono.empty();
        return change.doOnNext(done -> purges.emit(SpellTags.of(done), "spell " + spell.id() + " changed"))
                .flatMap(done -> Answers.answer(request, Content.written(mapper.writeValueAsBytes(done.after()))))
                .switchIfEmpty(Mono.defer(() -> problem(request, Problem.of(HttpStatus.NOT_FOUND, "no such spell"))));
    }

    private static boolean tooLarge(Throwable error) {
        return error instanceof DataBufferLimitException
                || (error instanceof ServerWebInputException && error.getCause() instanceof DataBufferLimitException)
                || error instanceof ContentTooLargeException;
    }

    private static Problem invalid(InvalidSpell e) {
        HttpStatus status = HttpStatus.BAD_REQUEST;
        return new Problem(status.value(), status.getReasonPhrase(), "the spell is not valid", e.problems());
    }

    private Mono<ServerResponse> problem(ServerRequest request, Problem problem) {
        return Answers.answer(request, Content.problem(problem.status(), mapper.writeValueAsBytes(problem)));
    }
}
