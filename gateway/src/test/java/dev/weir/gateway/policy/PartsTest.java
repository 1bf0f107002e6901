package dev.weir.gateway.policy;

import static dev.weir.gateway.policy.Given.RULES;
import static dev.weir.gateway.policy.Given.TIMES;
import static dev.weir.gateway.policy.Given.by;
import static dev.weir.gateway.policy.Given.get;
import static dev.weir.gateway.policy.Given.ok;
import static dev.weir.gateway.policy.Given.status;
import static dev.weir.gateway.policy.Given.stored;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.ByteRanges.Slice;
import dev.weir.gateway.http.ContentRange;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.ResponseHead;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9111 §3.3, §3.4: parts")
class PartsTest {

    private static final String WHOLE = "0123456789";

    @Nested
    @DisplayName("§3.3: storing incomplete responses")
    class Storing {

        @ParameterizedTest(name = "{0} with {1} and {2}: {3}")
        @CsvSource(delimiter = '|', textBlock = """
                206 | bytes 0-4/10 | max-age=60           | STORE storable
                206 | bytes 0-4/10 | max-age=60, no-store | PASS no-store
                206 | bytes 0-4/*  | max-age=60           | PASS partial
                206 | bytes */10   | max-age=60           | PASS partial
                200 | bytes 0-4/10 | max-age=60           | PASS partial
                """)
        @DisplayName("MUST be known for what they are")
        void stored(int status, String range, String control, String expected) {
            ResponseHead head = status(status, "Content-Range", range, "Cache-Control", control);
            Storage storage = Parts.decide(get("Range", "bytes=0-4"), head, RULES);

            assertThat(storage.verdict() + " " + storage.reason()).isEqualTo(expected);
        }

        @Test
        @DisplayName(
                "without an entity tag from the bytes of the part, and only where they are what Content-Range says")
        void make() {
            Storage.Exchange exchange =
                    new Storage.Exchange(get(), status(206, "Content-Range", "bytes 0-4/10"), TIMES);
            StoredResponse.Provenance provenance = Given.stored().provenance();
            CacheKey key = CacheKey.of(get());

            StoredResponse part =
                    requireNonNull(Parts.make(key, exchange, provenance, "01234".getBytes(US_ASCII), RULES));

            assertThat(part.headers().contains("ETag")).isFalse();
            assertThat(Parts.make(key, exchange, provenance, "0123".getBytes(US_ASCII), RULES))
                    .isNull();
        }

        @Test
        @DisplayName("never multipart, which has no Content-Range of its own")
        void multipart() {
            ResponseHead head =
                    status(206, "Content-Type", "multipart/byteranges; boundary=x", "Cache-Control", "max-age=60");

            assertThat(Parts.decide(get(), head, RULES).reason()).isEqualTo("partial");
        }
    }

    @Nested
    @DisplayName("Answering from a part")
    class Answering {

        @ParameterizedTest(name = "{0} of 4-9/10: {1}")
        @CsvSource(
                nullValues = "null",
                value = {
                    "bytes=4-9, 456789",
                    "bytes=6-8, 678",
                    "bytes=6-, 6789",
                    "bytes=-1, 9",
                    "bytes=-6, 456789",
                    "bytes=8-99, 89",
                    "bytes=3-5, null",
                    "bytes=-7, null",
                    "bytes=0-, null",
                    "'bytes=4-5,7-8', null",
                    "bytes=20-, null",
                    "lines=4-5, null"
                })
        @DisplayName("MAY answer a range within it")
        void covered(String range, @Nullable String bytes) {
            StoredResponse part = part(4, 9);
            Slice slice = Parts.covered(part, get("Range", range));

            assertThat(slice == null ? null : new String(Parts.bytes(part, slice), US_ASCII))
                    .isEqualTo(bytes);
        }

        @Test
        @DisplayName("MUST NOT answer a request for the whole, a HEAD, or one that holds other bytes (If-Range)")
        void notCovered() {
            StoredResponse part = part(4, 9);

            assertThat(Parts.covered(part, get())).isNull();
            assertThat(Parts.covered(part, by("HEAD", get("Range", "bytes=4-5"))))
                    .isNull();
            assertThat(Parts.covered(part, get("Range", "bytes=4-5", "If-Range", "\"other\"")))
                    .isNull();
            assertThat(Parts.covered(part, get("Range", "bytes=4-5", "If-Range", "\"a\"")))
                    .isNotNull();
        }

        @Test
        @DisplayName("a whole response is no part")
        void whole() {
            StoredResponse whole = stored();

            assertThat(Parts.rangeOf(whole)).isNull();
            assertThat(Parts.covered(whole, get("Range", "bytes=0-1"))).isNull();
            assertThat(Parts.completion(whole)).isNull();
            assertThat(new String(Parts.bytes(whole, new Slice(1, 2)), US_ASCII))
                    .isEqualTo("el");
        }
    }

    @Nested
    @DisplayName("§3.4: completing and combining")
    class Combining {

        @Test
        @DisplayName("asks for the one piece that lacks, on condition that it is still the same")
        void completion() {
            assertThat(Parts.completion(part(0, 4))).isEqualTo(Headers.of("Range", "bytes=5-", "If-Range", "\"a\""));
            assertThat(Parts.completion(part(4, 9))).isEqualTo(Headers.of("Range", "bytes=0-3", "If-Range", "\"a\""));
            assertThat(Parts.completion(part(4, 8))).isNull();
            assertThat(Parts.completion(part(0, 4, "W/\"a\""))).isNull();
            assertThat(Parts.completion(part(0, 4, "none"))).isNull();
        }

        @ParameterizedTest(name = "{0}-{1} and {2}-{3}: {4}")
        @CsvSource({
            "0, 4, 5, 9, 0-9",
            "5, 9, 0, 4, 0-9",
            "0, 6, 3, 9, 0-9",
            "2, 4, 5, 6, 2-6",
            "2, 8, 4, 5, 2-8",
            "4, 5, 2, 8, 2-8"
        })
        @DisplayName("MAY combine parts with the same strong validator")
        void union(int first, int last, int otherFirst, int otherLast, String expected) {
            StoredResponse both = requireNonNull(Parts.combine(part(first, last), part(otherFirst, otherLast)));
            ContentRange range = Parts.rangeOf(both);
            int from = range == null ? 0 : (int) range.slice().first();

            assertThat(expected).isEqualTo(from + "-" + (from + both.body().identity().length - 1));
            assertThat(new String(both.body().identity(), US_ASCII))
                    .isEqualTo(WHOLE.substring(from, from + both.body().identity().length));
            assertThat(both.status()).isEqualTo(expected.equals("0-9") ? 200 : 206);
            assertThat(both.headers().contains("Content-Range")).isEqualTo(!expected.equals("0-9"));
        }

        @Test
        @DisplayName("but not for less than a sixteenth of what is held: each addition copies all of it")
        void tooLittle() {
            StoredResponse held = made("bytes 0-63/100", "a".repeat(64));
            StoredResponse other =
                    made(ok("ETag", "\"b\"", "Content-Range", "bytes 64-64/100").headers(), "b");

            assertThat(Parts.isTooLittle(held, made("bytes 64-66/100", "bbb"))).isTrue();
            assertThat(Parts.isTooLittle(held, made("bytes 64-67/100", "bbbb"))).isFalse();
            assertThat(Parts.isTooLittle(held, other)).isFalse();
            assertThat(Parts.isTooLittle(stored("ETag", "\"a\""), made("bytes 64-64/100", "b")))
                    .isFalse();
        }

        @Test
        @DisplayName("the later one's fields replace the earlier one's")
        void fields() {
            StoredResponse both = requireNonNull(
                    Parts.combine(part(0, 4, "\"a\"", "X", "old", "Y", "1"), part(5, 9, "\"a\"", "X", "new")));

            assertThat(both.headers().all("X")).containsExactly("new");
            assertThat(both.headers().all("Y")).containsExactly("1");
        }

        @Test
        @DisplayName("a purge of what only one of them names finds both")
        void selectors() {
            StoredResponse both = requireNonNull(Parts.combine(
                    part(0, 4, "\"a\"", "Surrogate-Key", "shelf"), part(5, 9, "\"a\"", "Cache-Control", "max-age=5")));

            assertThat(both.provenance().selectors()).contains(new Selector(Selector.Kind.TAG, "shelf"));
        }

        @Test
        @DisplayName("MUST NOT otherwise: other or weak or made tags, other lengths, a gap, a whole")
        void refused() {
            assertThat(Parts.combine(part(0, 4), part(5, 9, "\"b\""))).isNull();
            assertThat(Parts.combine(part(0, 4, "W/\"a\""), part(5, 9, "W/\"a\"")))
                    .isNull();
            assertThat(Parts.combine(part(0, 4, "none"), part(5, 9))).isNull();
            assertThat(Parts.combine(part(0, 4), part(5, 9, "none"))).isNull();
            assertThat(Parts.combine(part(0, 4), part(6, 9))).isNull();
            assertThat(Parts.combine(part(6, 9), part(0, 4))).isNull();
            assertThat(Parts.combine(stored("ETag", "\"a\""), part(0, 4))).isNull();
            assertThat(Parts.combine(part(0, 4), stored("ETag", "\"a\""))).isNull();
            assertThat(Parts.combine(part(0, 4), made("bytes 5-9/11", "56789"))).isNull();
        }
    }

    @Nested
    @DisplayName("§3.3: what came of a response that broke off")
    class BrokenOff {

        private @Nullable StoredResponse brokenOff(ResponseHead head, String start) {
            return Parts.brokenOff(
                    CacheKey.of(get()),
                    new Storage.Exchange(get(), head, TIMES),
                    Given.stored().provenance(),
                    start.getBytes(US_ASCII),
                    RULES);
        }

        @Test
        @DisplayName("is stored as the part that it is")
        void kept() {
            StoredResponse part = requireNonNull(brokenOff(ok("ETag", "\"a\"", "Content-Length", "10"), "0123"));

            assertThat(part.status()).isEqualTo(206);
            assertThat(part.headers().all("Content-Range")).containsExactly("bytes 0-3/10");
            assertThat(part.headers().contains("Content-Length")).isFalse();
        }

        @Test
        @DisplayName("is not without a strong tag of the origin's, a length, a byte, or where nothing lacks")
        void refused() {
            assertThat(brokenOff(ok("ETag", "W/\"a\"", "Content-Length", "10"), "0123"))
                    .isNull();
            assertThat(brokenOff(ok("Content-Length", "10"), "0123")).isNull();
            assertThat(brokenOff(ok("ETag", "\"a\""), "0123")).isNull();
            assertThat(brokenOff(ok("ETag", "\"a\"", "Content-Length", "10"), ""))
                    .isNull();
            assertThat(brokenOff(ok("ETag", "\"a\"", "Content-Length", "4"), "0123"))
                    .isNull();
            assertThat(brokenOff(status(404, "ETag", "\"a\"", "Content-Length", "10"), "0123"))
                    .isNull();
        }
    }

    @Nested
    @DisplayName("§3.4: completing a part by what it lacks")
    class Completed {

        @ParameterizedTest(name = "{0}-{1} and {2}: {3}")
        @CsvSource({
            "0, 4, bytes 5-9/10, true",
            "5, 9, bytes 0-4/10, true",
            "0, 4, bytes 6-9/10, false",
            "0, 4, bytes 5-8/10, false",
            "0, 4, bytes 4-9/10, false",
            "5, 9, bytes 0-3/10, false",
            "5, 9, bytes 1-4/10, false",
            "3, 6, bytes 0-2/10, false",
            "3, 6, bytes 7-9/10, false",
            "0, 4, bytes 5-9/11, false",
            "0, 4, bytes 5-9/*, false",
            "0, 4, lines 5-9/10, false"
        })
        @DisplayName("MUST be by exactly that")
        void exactly(int first, int last, String range, boolean completes) {
            ResponseHead answer = status(206, "ETag", "\"a\"", "Content-Range", range);

            assertThat(Parts.completed(part(first, last), answer, TIMES) != null)
                    .isEqualTo(completes);
        }

        @ParameterizedTest(name = "{0} by {1}: {2}")
        @CsvSource(
                quoteCharacter = '^',
                value = {
                    "\"a\", \"a\", true",
                    "\"a\", \"b\", false",
                    "\"a\", W/\"a\", false",
                    "W/\"a\", W/\"a\", false",
                    "\"a\", x, false",
                    "x, \"a\", false"
                })
        @DisplayName("MUST be of the same strong validator")
        void same(String held, String brought, boolean completes) {
            ResponseHead answer = status(206, "ETag", brought, "Content-Range", "bytes 5-9/10");

            assertThat(Parts.completed(part(0, 4, held), answer, TIMES) != null).isEqualTo(completes);
        }

        @Test
        @DisplayName("makes a 200 with the length of the whole and the later fields (RFC 9110 §15.3.7.3)")
        void head() {
            StoredResponse part = part(0, 4, "\"a\"", "X", "old", "Kept", "1");
            ResponseHead answer =
                    status(206, "ETag", "\"a\"", "Content-Range", "bytes 5-9/10", "X", "new", "Content-Length", "5");
            ResponseHead whole = requireNonNull(Parts.completed(part, answer, TIMES));

            assertThat(whole.status()).isEqualTo(200);
            assertThat(whole.headers().all("Content-Length")).containsExactly("10");
            assertThat(whole.headers().contains("Content-Range")).isFalse();
            assertThat(whole.headers().only("X")).isEqualTo("new");
            assertThat(whole.headers().only("Kept")).isEqualTo("1");
        }

        @Test
        @DisplayName("is nothing for what is whole, nor by what is no part")
        void whole() {
            ResponseHead answer = status(206, "ETag", "\"a\"", "Content-Range", "bytes 5-9/10");

            assertThat(Parts.completed(stored("ETag", "\"a\""), answer, TIMES)).isNull();
            assertThat(Parts.completed(part(0, 4), ok("ETag", "\"a\""), TIMES)).isNull();
        }

        @ParameterizedTest(name = "{0} and {1}: {2}")
        @CsvSource(
                quoteCharacter = '^',
                value = {
                    "\"a\", \"b\", true",
                    "\"a\", \"a\", false",
                    "\"a\", W/\"a\", false",
                    "x, \"b\", false",
                    "\"a\", x, false"
                })
        @DisplayName("Representations differ only where both their tags say so")
        void differ(String one, String other, boolean differ) {
            assertThat(Parts.differ(stored("ETag", one), stored("ETag", other))).isEqualTo(differ);
        }

        @Test
        @DisplayName("Too many tags: nothing could purge it, so the two are not put together")
        void tooManyTags() {
            String tags = IntStream.range(0, 300).mapToObj(i -> "t" + i).collect(Collectors.joining(" "));

            assertThat(Parts.combine(part(0, 4), part(5, 9, "\"a\"", "Surrogate-Key", tags)))
                    .isNull();
        }

        @Test
        @DisplayName("What has no range is no part")
        void rangeless() {
            Storage.Exchange exchange = new Storage.Exchange(get(), status(206), TIMES);

            assertThat(Parts.make(
                            CacheKey.of(get()), exchange, Given.stored().provenance(), "01".getBytes(US_ASCII), RULES))
                    .isNull();
        }
    }

    private static StoredResponse part(int first, int last) {
        return part(first, last, "\"a\"");
    }

    private static StoredResponse part(int first, int last, String etag, String... fields) {
        String range = new ContentRange(new Slice(first, last), WHOLE.length()).value();
        return made(
                ok(fields).headers().plus("ETag", etag).plus("Content-Range", range), WHOLE.substring(first, last + 1));
    }

    private static StoredResponse made(String range, String bytes) {
        return made(ok("ETag", "\"a\"", "Content-Range", range).headers(), bytes);
    }

    private static StoredResponse made(Headers headers, String bytes) {
        return Storage.make(
                CacheKey.of(get()),
                get(),
                new ResponseHead(206, headers),
                TIMES,
                stored().provenance(),
                bytes.getBytes(US_ASCII));
    }
}
