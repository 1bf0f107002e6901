package dev.weir.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What does an exchange invalidate?")
class InvalidationTest {

    @Nested
    @DisplayName("RFC 9111 §4.4: unsafe methods")
    class Unsafe {

        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "FROB", "get"})
        @DisplayName("MUST invalidate the target URI, for methods whose safety is unknown too")
        void target(String method) {
            assertThat(causedBy(method, 204)).containsExactly("https://h/a?q");
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE"})
        @DisplayName("safe methods invalidate nothing")
        void safe(String method) {
            assertThat(causedBy(method, 200, "Location", "/b", "Cache-Group-Invalidation", "\"g\""))
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"100, 0", "199, 0", "200, 1", "299, 1", "303, 1", "399, 1", "400, 0", "500, 0", "503, 0"})
        @DisplayName("only 2xx and 3xx are non-error answers")
        void status(int status, int count) {
            assertThat(causedBy("POST", status)).hasSize(count);
        }

        @ParameterizedTest(name = "{0}: {1} is {2}")
        @CsvSource({
            "Location, /b, https://h/b",
            "Content-Location, b?x, https://h/b?x",
            "Location, https://H:443/%62, https://h/b",
            "Location, ?y, https://h/a?y",
            "Content-Location, //h/b, https://h/b",
            "Content-Location, ./, https://h/"
        })
        @DisplayName("MAY invalidate what Location and Content-Location name, relative or not")
        void references(String field, String reference, String url) {
            assertThat(causedBy("POST", 201, field, reference)).containsExactlyInAnyOrder("https://h/a?q", url);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://h/b",
                    "https://other/b",
                    "https://h:8443/b",
                    "//other/b",
                    "mailto:x@h",
                    "https:///b",
                    "urn:x",
                    "https://h/a b",
                    "%zz:"
                })
        @DisplayName("MUST NOT where the origin differs, or there is none")
        void otherOrigins(String reference) {
            assertThat(causedBy("POST", 201, "Location", reference)).containsExactly("https://h/a?q");
        }

        @Test
        @DisplayName("what is said twice is not known")
        void twice() {
            assertThat(causedBy("POST", 201, "Location", "/b", "Location", "/c"))
                    .containsExactly("https://h/a?q");
        }

        @Test
        @DisplayName("a target that is no URI invalidates itself all the same")
        void oddTarget() {
            Request request = new Request("POST", "https", "h", "/a|b", null, Headers.empty());
            ResponseHead response = new ResponseHead(201, Headers.of("Location", "/b"));

            assertThat(Invalidation.causedBy(request, response))
                    .containsExactly(new Selector(Selector.Kind.URL, "https://h/a|b"));
        }
    }

    @Nested
    @DisplayName("RFC 9875 §3: Cache-Group-Invalidation")
    class Groups {

        @Test
        @DisplayName("MAY invalidate the named groups of the same origin")
        void groups() {
            assertThat(causedBy("POST", 200, "Cache-Group-Invalidation", "\"a\", \"b\";x"))
                    .containsExactlyInAnyOrder("https://h/a?q", "https://h a", "https://h b");
        }

        @Test
        @DisplayName("strikes what carries the group under that origin, not under another")
        void origin() {
            Set<Selector> struck = Invalidation.causedBy(
                    request("POST"), new ResponseHead(200, Headers.of("Cache-Group-Invalidation", "\"g\"")));
            Headers member = Headers.of("Cache-Groups", "\"g\"");

            assertThat(Selectors.of(new CacheKey("https", "h", "/x", null), member))
                    .containsAnyElementsOf(struck);
            assertThat(Selectors.of(new CacheKey("https", "other", "/x", null), member))
                    .doesNotContainAnyElementsOf(struck);
            assertThat(Selectors.of(new CacheKey("http", "h", "/x", null), member))
                    .doesNotContainAnyElementsOf(struck);
        }
    }

    private static Set<String> causedBy(String method, int status, String... fields) {
        return Invalidation.causedBy(request(method), new ResponseHead(status, Headers.of(fields))).stream()
                .map(Selector::value)
                .collect(Collectors.toSet());
    }

    private static Request request(String method) {
        return new Request(method, "https", "h", "/a", "q", Headers.empty());
    }
}
