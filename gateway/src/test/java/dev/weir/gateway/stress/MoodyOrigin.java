package dev.weir.gateway.stress;

import dev.weir.gateway.testkit.ScriptedOrigin;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * An origin of many pages that says in each byte which page, language, version and answer it belongs to, and that is slow,
 * broken, personal or long as its seed will have it. Which languages a page has is known only from its answer's head.
 */
final class MoodyOrigin implements AutoCloseable {

    private final ScriptedOrigin server = new ScriptedOrigin();
    private final AtomicIntegerArray versions;
    private final AtomicInteger answers = new AtomicInteger();
    private final long seed;

    MoodyOrigin(int pages, long seed) {
        this.versions = new AtomicIntegerArray(pages);
        this.seed = seed;
        for (int page = 0; page < pages; page++) {
            int number = page;
            server.on("/page/" + page, (request, response) -> answer(number, request, response));
        }
    }

    String url() {
        return server.url();
    }

    /** From now on the page says something else; what it will say is returned. */
    int edit(int page) {
        return versions.incrementAndGet(page);
    }

    /** Whether that page comes in languages. */
    static boolean isTranslated(int page) {
        return page % 3 != 0;
    }

    private Publisher<Void> answer(int page, HttpServerRequest request, HttpServerResponse response) {
        int number = answers.incrementAndGet();
        Random mood = new Random(seed * 31 + number);
        int version = versions.get(page); // read as the request comes, as from a database
        Duration thinking = Duration.ofMillis(mood.nextInt(10) == 0 ? 60 : mood.nextInt(8));
        return Mono.delay(thinking).thenMany(Flux.defer(() -> {
            int dice = mood.nextInt(100);
            if (dice < 6) {
                return Flux.<Void>error(new IllegalStateException("breaks off before its head"));
            }
            if (dice < 11) {
                return response.status(500).sendString(Mono.just("sorry"));
            }
            return page(new Said(page, language(page, request), version, number), mood, response);
        }));
    }

    /** What every byte of an answer says. */
    private record Said(int page, String language, int version, int answer) {

        String word() {
            return "page=" + page + " language=" + language + " version=" + version + " answer=" + answer + ";";
        }
    }

    private static String language(int page, HttpServerRequest request) {
        String asked = request.requestHeaders().get("Accept-Language", "en");
        return isTranslated(page) ? asked : "none";
    }

    private static Publisher<Void> page(Said said, Random mood, HttpServerResponse response) {
        int times = 1 + mood.nextInt(mood.nextInt(10) == 0 ? 6000 : 400);
        byte[] word = said.word().getBytes(StandardCharsets.US_ASCII);
        int length = word.length * times;
        boolean isPersonal = mood.nextInt(8) == 0;
        boolean isChunked = mood.nextInt(3) == 0;
        boolean breaks = mood.nextInt(12) == 0;
        response.header("Cache-Control", isPersonal ? "private" : "public, max-age=60")
                .header("X-Length", Integer.toString(length));
        if (isTranslated(said.page())) {
            response.header("Vary", "Accept-Language");
        }
        if (!isChunked) {
            response.header("Content-Length", Integer.toString(length));
        }
        int pieces = 1 + mood.nextInt(8);
        Flux<byte[]> body = Flux.range(0, pieces).concatMap(piece -> {
            int from = (int) ((long) length * piece / pieces);
            int to = (int) ((long) length * (piece + 1) / pieces);
            return Mono.delay(Duration.ofMillis(mood.nextInt(3))).thenReturn(cut(word, from, to));
        });
        Flux<byte[]> sent = breaks ? body.take(pieces / 2).concatWith(Mono.error(new IllegalStateException())) : body;
        return response.sendByteArray(sent.filter(bytes -> bytes.length > 0));
    }

    private static byte[] cut(byte[] word, int from, int to) {
        byte[] bytes = new byte[to - from];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = word[(from + i) % word.length];
        }
        return bytes;
    }

    @Override
    public void close() {
        server.close();
    }
}
