package dev.weir.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What can a purge name a response by?")
class SelectorsTest {

    private static final CacheKey KEY = new CacheKey("https", "h", "/a/b", "q=1");

    @Test
    @DisplayName("its URL with and without query, path, prefixes with and without host, host, and all")
    void byKey() {
        assertThat(Selectors.of(KEY, Headers.empty()))
                .containsExactlyInAnyOrder(
                        Selector.ALL,
                        new Selector(Selector.Kind.URL, "https://h/a/b?q=1"),
                        new Selector(Selector.Kind.URL, "https://h/a/b"),
                        new Selector(Selector.Kind.PATH, "/a/b"),
                        new Selector(Selector.Kind.PREFIX, "/"),
                        new Selector(Selector.Kind.PREFIX, "/a/"),
                        new Selector(Selector.Kind.PREFIX, "h/"),
                        new Selector(Selector.Kind.PREFIX, "h/a/"),
                        new Selector(Selector.Kind.HOST, "h"));
    }

    @Test
    @DisplayName("a path that ends in a slash is a prefix of itself")
    void slash() {
        assertThat(Selectors.of(new CacheKey("https", "h", "/a/", null), Headers.empty()))
                .contains(new Selector(Selector.Kind.PREFIX, "/a/"));
    }

    @ParameterizedTest(name = "{0} is also {1}")
    @CsvSource({"h:8443, h", "[::1]:8443, [::1]", "[::1], [::1]", "h, h"})
    @DisplayName("a host is named with its port and without")
    void withoutPort(String host, String hostname) {
        assertThat(Selectors.of(new CacheKey("https", host, "/", null), Headers.empty()))
                .contains(new Selector(Selector.Kind.HOST, host), new Selector(Selector.Kind.HOST, hostname))
                .filteredOn(selector -> selector.kind() == Selector.Kind.HOST)
                .hasSize(host.equals(hostname) ? 1 : 2);
    }

    @Test
    @DisplayName("their hashes are the same in every process, run and version")
    void hash() {
        assertThat(Selector.ALL.hash()).isEqualTo(-7172533796003952946L);
        assertThat(new Selector(Selector.Kind.TAG, "post-1").hash()).isEqualTo(3852901375343006071L);
        assertThat(new Selector(Selector.Kind.URL, "post-1").hash()).isEqualTo(-3529750791331203759L);
    }

    @Nested
    @DisplayName("Tags")
    class Tags {

        @Test
        @DisplayName("have a name: white space and commas alone make none")
        void unnamed() {
            Headers response = Headers.of("Surrogate-Key", " a  b ", "Cache-Tag", ",, ,c,");

            assertThat(Selectors.of(KEY, response))
                    .filteredOn(selector -> selector.kind() == Selector.Kind.TAG)
                    .extracting(Selector::value)
                    .containsExactlyInAnyOrder("a", "b", "c");
        }

        @Test
        @DisplayName("Surrogate-Key by white space, Cache-Tag by commas, all lines")
        void lists() {
            Headers headers = Headers.of(
                    "Surrogate-Key", "a  b\tc", "surrogate-key", "d", "Cache-Tag", "e, f g,,", "Cache-Tag", "h");

            assertThat(tags(headers)).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f g", "h");
        }

        @Test
        @DisplayName(
                "RFC 9875 §2: Cache-Groups is a list of strings; parameters are ignored; groups are an origin's own")
        void groups() {
            assertThat(tags(Headers.of("Cache-Groups", "\"a\";x=1, \"b c\"")))
                    .containsExactlyInAnyOrder("a", "b c", "https://h a", "https://h b c");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "\"a\", b", "\"a\" \"b\"", "(\"a\")", "1", ""})
        @DisplayName("RFC 9875 §2: MUST ignore a field that is no such list")
        void noGroups(String value) {
            assertThat(tags(Headers.of("Cache-Groups", value))).isEmpty();
        }

        private Set<String> tags(Headers headers) {
            return Selectors.of(KEY, headers).stream()
                    .filter(selector -> selector.kind() == Selector.Kind.TAG)
                    .map(Selector::value)
                    .collect(Collectors.toSet());
        }
    }

    @Test
    @DisplayName("more than 256 are too many to be stored")
    void bound() {
        int others = Selectors.of(KEY, Headers.empty()).size();

        assertThat(Selectors.of(KEY, tags(Selectors.MAX - others))).hasSize(Selectors.MAX);
        assertThat(Selectors.of(KEY, tags(Selectors.MAX - others + 1))).isEmpty();
    }

    private static Headers tags(int count) {
        return Headers.of(
                "Surrogate-Key",
                IntStream.range(0, count).mapToObj(i -> "t" + i).collect(Collectors.joining(" ")));
    }
}
