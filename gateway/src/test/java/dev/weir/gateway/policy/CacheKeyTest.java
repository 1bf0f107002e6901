package dev.weir.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.CacheRules.Query;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9111 §2: the primary key")
class CacheKeyTest {

    @ParameterizedTest(name = "{0}://{1}{2} is {3}")
    @CsvSource({
        "HTTPS, Example.ORG,      /a,          https://example.org/a",
        "https, example.org:443,  /a,          https://example.org/a",
        "http,  example.org:80,   /a,          http://example.org/a",
        "http,  example.org:443,  /a,          http://example.org:443/a",
        "https, example.org:80,   /a,          https://example.org:80/a",
        "https, example.org:,     /a,          https://example.org/a",
        "https, example.org.,     /a,          https://example.org/a",
        "https, example.org.:443, /a,          https://example.org/a",
        "https, example.org.:,    /a,          https://example.org/a",
        "https, example.org.:80,  /a,          https://example.org:80/a",
        "ftp,   example.org:21,   /a,          ftp://example.org:21/a",
        "https, '[::1]:443',      /a,          https://[::1]/a",
        "https, example.org,      '',          https://example.org/",
        "https, example.org,      /%7euser/%41%2d%5f%30, https://example.org/~user/A-_0",
        "https, example.org,      /a%2fb%c3%a9, https://example.org/a%2Fb%C3%A9"
    })
    @DisplayName("RFC 3986 §6.2.2, RFC 9110 §4.2.3: spellings of one URI share a key")
    void normalised(String scheme, String authority, String path, String url) {
        assertThat(CacheKey.of(request(scheme, authority, path, null)).url()).isEqualTo(url);
    }

    @ParameterizedTest(name = "{0} is not {1}")
    @CsvSource({
        "/a/b, /a%2Fb",
        "/a/../b, /b",
        "/a/%2e%2e/b, /a/../b",
        "/a, /a/",
        "/a, //a",
        "/a, /A",
        "/a%zz, /a%ZZ",
        "/a%2, /a%2%",
        "/a%20b, /a+b",
        "/a%00, /a",
        "/a%2541, /aA",
        "/%%41A, /%aa",
        "/a;x=1, /a"
    })
    @DisplayName("What an origin could tell apart has keys of its own")
    void apart(String one, String other) {
        assertThat(CacheKey.of(request("https", "h", one, null)))
                .isNotEqualTo(CacheKey.of(request("https", "h", other, null)));
    }

    @Test
    @DisplayName("What is no encoding stays as it is, letters beyond ASCII too")
    void noEncoding() {
        assertThat(CacheKey.of(request("https", "h", "/%４1", null)).path()).isEqualTo("/%４1");
        assertThat(CacheKey.of(request("https", "h", "/%1G%41", null)).path()).isEqualTo("/%1G%41");
    }

    @Test
    @DisplayName("An empty query is not none; encoding is normalised in it as in the path")
    void query() {
        assertThat(CacheKey.of(request("https", "h", "/a", "")).url()).isEqualTo("https://h/a?");
        assertThat(CacheKey.of(request("https", "h", "/a", null)).url()).isEqualTo("https://h/a");
        assertThat(CacheKey.of(request("https", "h", "/a", "b=%7e%26")).url()).isEqualTo("https://h/a?b=~%26");
    }

    @Nested
    @DisplayName("By a route's rules for the query")
    class Rules {

        @ParameterizedTest(name = "{0} of {1}, {2}, sorted {3}: {4}")
        @CsvSource(
                nullValues = "null",
                value = {
                    "a=1&utm_x=2&b=3, ALL_BUT, utm_*, false, a=1&b=3",
                    "a=1&utm_x=2&b=3, ONLY,    b,     false, b=3",
                    "b=2&a=1&b=1,     ALL_BUT, x,     true,  a=1&b=2&b=1",
                    "b=2&a=1,         ALL_BUT, x,     false, b=2&a=1",
                    "utm_x=2,         ALL_BUT, utm_*, false, null",
                    "'',              ONLY,    a,     false, null",
                    "'',              ALL_BUT, a,     false, ''",
                    "a&a=&b,          ONLY,    a,     false, a&a=",
                    "null,            ONLY,    a,     false, null"
                })
        @DisplayName("keeps or drops by name, and sorts without mixing up one name's values")
        void reduced(@Nullable String query, Query.Keep keep, String name, boolean sort, @Nullable String kept) {
            CacheRules rules = CacheRules.DEFAULT.withQuery(new Query(keep, Set.of(name), sort));

            assertThat(CacheKey.of(request("https", "h", "/", query), rules).query())
                    .isEqualTo(kept);
        }

        @Test
        @DisplayName("by default the whole query counts")
        void whole() {
            assertThat(CacheKey.of(request("https", "h", "/", "b&a&"), CacheRules.DEFAULT)
                            .query())
                    .isEqualTo("b&a&");
        }
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "%61, a",
        "%7A, z",
        "%41, A",
        "%5A, Z",
        "%30, 0",
        "%39, 9",
        "%60, %60",
        "%7b, %7B",
        "%40, %40",
        "%5b, %5B",
        "%2f, %2F",
        "%3a, %3A",
        "%00, %00",
        "%0a, %0A",
        "%a0, %A0"
    })
    @DisplayName("RFC 3986 §6.2.2: letters and digits are decoded from the first to the last, and nothing beside them")
    void edges(String encoded, String normal) {
        CacheKey key = CacheKey.of(new Request("GET", "https", "h", "/" + encoded, encoded, Headers.empty()));

        assertThat(key.path()).isEqualTo("/" + normal);
        assertThat(key.query()).isEqualTo(normal);
    }

    private static Request request(String scheme, String authority, String path, @Nullable String query) {
        return new Request("GET", scheme, authority, path, query, Headers.empty());
    }
}
