package dev.weir.ssr.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ssr.render.RenderFailure.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class RenderPoolIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** A page that says what to do: it may spin, hoard, throw, remember, or just be shown. */
    private static final String SCRIPT = """
            let last = 'none';
            let rendering = 0;
            globalThis.renderPage = (page, assets) => {
              const { does, name } = JSON.parse(page);
              if (rendering !== 0) throw new Error('unfinished work was left behind');
              rendering++;
              if (does === 'spin') while (true) last = name;
              if (does === 'hoard') { const kept = []; while (true) kept.push(new Array(1000).fill(name + kept.length)); }
              rendering--;
              if (does === 'throw') throw new Error('a secret of the script');
              if (does === 'nothing') return null;
              return `${name} on ${assets}`;
            };
            """;

    private static String page(String does, String name) {
        return "{\"does\":\"" + does + "\",\"name\":\"" + name + "\"}";
    }

    private static RenderPool pool(int isolates, int queue, Duration timeout) {
        return RenderPool.open(
                new RenderSettings(isolates, queue, timeout, 64), SCRIPT, "\"assets\"", page("show", "warm"));
    }

    private static Mono<String> render(RenderPool pool, String does, String name) {
        return pool.render(page(does, name)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static void expectFailure(RenderPool pool, String does, Kind kind) {
        StepVerifier.create(render(pool, does, "x"))
                .expectErrorSatisfies(error -> assertThat(((RenderFailure) error).kind())
                        .as(error.toString())
                        .isEqualTo(kind))
                .verify(LIMIT);
    }

    private static void expectPage(RenderPool pool, String name) {
        StepVerifier.create(render(pool, "show", name))
                .expectNext(name + " on \"assets\"")
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    @DisplayName("each of many concurrent pages gets its own data")
    void concurrent() {
        try (RenderPool pool = pool(3, 2000, Duration.ofSeconds(10))) {
            List<String> names =
                    IntStream.range(0, 1000).mapToObj(i -> "spell-" + i).toList();

            StepVerifier.create(Flux.fromIterable(names)
                            .flatMap(
                                    name -> render(pool, "show", name)
                                            .subscribeOn(Schedulers.parallel())
                                            .filter(html -> !html.equals(name + " on \"assets\"")),
                                    200))
                    .expectComplete()
                    .verify(LIMIT);
            assertThat(pool.status().renders()).isEqualTo(1000);
        }
    }

    @Test
    @DisplayName("a runaway script is terminated, its isolate replaced by a clean one")
    void runaway() {
        try (RenderPool pool = pool(1, 8, Duration.ofMillis(200))) {
            expectFailure(pool, "spin", Kind.TIMED_OUT);
            expectPage(pool, "next");
            assertThat(pool.status().replaced()).isEqualTo(1);
            assertThat(pool.status().live()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("a script past the heap limit is terminated, the process lives, the isolate is replaced")
    void hoarder() {
        try (RenderPool pool = pool(1, 8, Duration.ofSeconds(20))) {
            expectFailure(pool, "hoard", Kind.OUT_OF_MEMORY);
            expectPage(pool, "next");
            assertThat(pool.status().replaced()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("a script that throws, or gives nothing, fails its own page only")
    void thrower() {
        try (RenderPool pool = pool(1, 8, Duration.ofSeconds(5))) {
            expectFailure(pool, "throw", Kind.SCRIPT);
            expectFailure(pool, "nothing", Kind.SCRIPT);
            expectPage(pool, "next");
            assertThat(pool.status().replaced()).isZero();
            assertThat(pool.status().failures()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("a full queue is an answer at once, while those that wait get their pages")
    void overflow() {
        try (RenderPool pool = pool(1, 1, Duration.ofSeconds(2))) {
            // One page spins and one waits behind it; which of the others come too late for the one place is open.
            long refused = Flux.range(0, 20)
                    .flatMap(
                            i -> render(pool, "spin", "s" + i)
                                    .map(html -> Kind.SCRIPT)
                                    .onErrorResume(RenderFailure.class, e -> Mono.just(e.kind())),
                            20)
                    .filter(kind -> kind == Kind.OVERLOADED)
                    .count()
                    .blockOptional(LIMIT)
                    .orElseThrow();

            assertThat(refused).isGreaterThanOrEqualTo(18);
            assertThat(pool.status().refused()).isEqualTo(refused);
            expectPage(pool, "next");
        }
    }

    @Test
    @DisplayName("a page whose reader has left is not rendered")
    void abandoned() {
        try (RenderPool pool = pool(1, 8, Duration.ofMillis(500))) {
            Mono<String> first = render(pool, "spin", "first").onErrorComplete().cache();
            first.subscribe();
            render(pool, "spin", "second").subscribe().dispose();

            StepVerifier.create(first).expectComplete().verify(LIMIT);
            expectPage(pool, "next");
            assertThat(pool.status().failures()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("a closed pool has worked off its queue, refuses, and leaves no isolate open")
    void closed() {
        RenderPool pool = pool(2, 100, Duration.ofSeconds(5));
        Mono<List<String>> pages = Flux.range(0, 50)
                .flatMap(i -> render(pool, "show", "p" + i), 50)
                .collectList()
                .cache();
        pages.subscribe();

        pool.close();

        StepVerifier.create(pages)
                .assertNext(all -> assertThat(all).hasSize(50))
                .expectComplete()
                .verify(LIMIT);
        assertThat(pool.status().live()).isZero();
        expectFailure(pool, "show", Kind.UNAVAILABLE);
    }
}
