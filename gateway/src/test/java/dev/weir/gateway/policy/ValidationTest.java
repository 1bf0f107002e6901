package dev.weir.gateway.policy;

import static dev.weir.gateway.policy.Given.DATE;
import static dev.weir.gateway.policy.Given.POSITION;
import static dev.weir.gateway.policy.Given.RULES;
import static dev.weir.gateway.policy.Given.after;
import static dev.weir.gateway.policy.Given.get;
import static dev.weir.gateway.policy.Given.ok;
import static dev.weir.gateway.policy.Given.status;
import static dev.weir.gateway.policy.Given.stored;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.HttpDate;
import dev.weir.gateway.http.ResponseHead;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 §4.3: validating what is stored")
class ValidationTest {

    private static final String MODIFIED = HttpDate.format(after(-100));
    private static final StoredResponse.Times LATER = new StoredResponse.Times(after(70), after(71));
    private static final LogPosition NEWER = new LogPosition("run", 9);

    @Nested
    @DisplayName("§4.3.1: sending a validation request")
    class Conditions {

        @Test
        @DisplayName("MUST send the entity tag, SHOULD send the date, as they were received")
        void both() {
            assertThat(Validation.conditions(stored("ETag", "W/\"a\"", "Last-Modified", MODIFIED)))
                    .isEqualTo(Headers.of("If-None-Match", "W/\"a\"", "If-Modified-Since", MODIFIED));
        }

        @Test
        @DisplayName("never a tag that Weir made, nor a date that is none")
        void none() {
            assertThat(Validation.conditions(stored())).isEqualTo(Headers.empty());
            assertThat(Validation.conditions(stored("Last-Modified", "yesterday")))
                    .isEqualTo(Headers.empty());
        }

        @Test
        @DisplayName("MAY send the tags of several stored responses, each once; then no date")
        void several() {
            StoredResponse one = stored("ETag", "\"a\"", "Last-Modified", MODIFIED);
            StoredResponse other = stored("ETag", "\"b\"");

            assertThat(Validation.conditions(List.of(one, other, one, stored())))
                    .isEqualTo(Headers.of("If-None-Match", "\"a\", \"b\""));
            assertThat(Validation.conditions(List.of(one))).isEqualTo(Validation.conditions(one));
            assertThat(Validation.conditions(List.of(stored(), stored()))).isEqualTo(Headers.empty());
        }
    }

    @Nested
    @DisplayName("What can vouch for a stored response")
    class Vouching {

        @ParameterizedTest(name = "{0}: {1}; {2}, {3}, {4}, {5}")
        @CsvSource(
                quoteCharacter = '^',
                value = {
                    "ETag, \"a\", true, true, true, false",
                    "ETag, W/\"a\", true, true, false, false",
                    "ETag, a, false, false, false, false",
                    "X, y, false, false, false, false"
                })
        @DisplayName("after a purge only a strong validator, after a hard one nothing")
        void tags(String name, String value, boolean valid, boolean stale, boolean validate, boolean gone) {
            StoredResponse stored = stored(name, value);

            assertThat(Validation.canValidate(stored, Trust.VALID)).isEqualTo(valid);
            assertThat(Validation.canValidate(stored, Trust.STALE)).isEqualTo(stale);
            assertThat(Validation.canValidate(stored, Trust.VALIDATE)).isEqualTo(validate);
            assertThat(Validation.canValidate(stored, Trust.GONE)).isEqualTo(gone);
        }

        @Test
        @DisplayName("a date of modification is weak")
        void date() {
            StoredResponse stored = stored("Last-Modified", MODIFIED);

            assertThat(Validation.canValidate(stored, Trust.VALID)).isTrue();
            assertThat(Validation.canValidate(stored, Trust.VALIDATE)).isFalse();
        }
    }

    @Nested
    @DisplayName("§4.3.4: which stored response a 304 freshens")
    class Selecting {

        @ParameterizedTest(name = "stored {0} by {1}: {2}")
        @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                "a"   | "a"   | true
                "a"   | "b"   | false
                "a"   | W/"a" | true
                W/"a" | W/"a" | true
                W/"a" | W/"b" | false
                W/"a" | "a"   | false
                """)
        @DisplayName("by a strong validator the same; by a weak one also what matches weakly")
        void tags(String held, String brought, boolean selects) {
            assertThat(freshen(stored("ETag", held), "ETag", brought) != null).isEqualTo(selects);
        }

        @Test
        @DisplayName("by the date of modification where no tag is on both sides")
        void dates() {
            assertThat(freshen(stored("Last-Modified", MODIFIED), "Last-Modified", MODIFIED))
                    .isNotNull();
            assertThat(freshen(stored("Last-Modified", MODIFIED), "Last-Modified", DATE))
                    .isNull();
            assertThat(freshen(stored("Last-Modified", MODIFIED), "ETag", "\"new\""))
                    .isNull();
            assertThat(freshen(stored("Last-Modified", MODIFIED), "ETag", "\"new\"", "Last-Modified", MODIFIED))
                    .isNotNull();
            assertThat(freshen(stored("ETag", "\"a\"", "Last-Modified", MODIFIED), "Last-Modified", DATE))
                    .isNull();
            assertThat(freshen(stored("ETag", "\"a\""), "Last-Modified", DATE)).isNull();
        }

        @Test
        @DisplayName("without any validator the one that was asked about")
        void unnamed() {
            assertThat(freshen(stored("ETag", "\"a\""))).isNotNull();
        }

        @Test
        @DisplayName("of several the most recent that matches; without a tag none")
        void several() {
            StoredResponse a = stored("ETag", "\"a\"");
            StoredResponse b = stored("ETag", "\"b\"");
            StoredResponse laterB = stored(
                    new ResponseHead(200, Headers.of("Date", HttpDate.format(after(9)), "ETag", "\"b\"")), RULES);
            List<StoredResponse> all = List.of(a, b, laterB);

            assertThat(Validation.selected(all, status(304, "ETag", "\"b\""))).isSameAs(laterB);
            assertThat(Validation.selected(all, status(304, "ETag", "\"a\""))).isSameAs(a);
            assertThat(Validation.selected(all, status(304, "ETag", "\"c\""))).isNull();
            assertThat(Validation.selected(all, status(304))).isNull();
            assertThat(Validation.selected(List.of(a), status(304))).isSameAs(a);
        }
    }

    @Nested
    @DisplayName("§3.2: updating stored fields")
    class Updating {

        private final StoredResponse stored = stored(
                "ETag", "\"a\"", "X", "old", "X", "older", "Kept", "1", "Age", "50", "Content-Type", "text/plain");

        @Test
        @DisplayName("MUST replace each field that the 304 brings, all lines of it, and keep the rest")
        void replaced() {
            Headers fields = requireNonNull(freshen(stored, "x", "new", "Content-Type", "text/html", "Added", "1"))
                    .headers();

            assertThat(fields.all("X")).containsExactly("new");
            assertThat(fields.all("Content-Type")).containsExactly("text/html");
            assertThat(fields.all("Kept")).containsExactly("1");
            assertThat(fields.all("Added")).containsExactly("1");
        }

        @Test
        @DisplayName("MUST NOT take over Content-Length, what describes content, and what is never stored")
        void excepted() {
            Headers fields = requireNonNull(freshen(
                            stored,
                            "Content-Length",
                            "0",
                            "Content-Encoding",
                            "gzip",
                            "Content-Range",
                            "bytes 0-0/1",
                            "Content-MD5",
                            "1B2M2Y8AsgTpgAmY7PhCfg==",
                            "Content-Digest",
                            "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:",
                            "Connection",
                            "close",
                            "Set-Cookie",
                            "a=b"))
                    .headers();

            assertThat(fields.names()).containsExactlyInAnyOrder("date", "etag", "x", "kept", "content-type");
        }

        @Test
        @DisplayName("takes cookies over only where the route let them be stored (§7.3)")
        void cookies() {
            CacheRules rules = RULES.withCookies(new CacheRules.Cookies(CacheRules.SetCookie.STORE, Set.of()));
            StoredResponse plain = stored(ok("ETag", "\"a\"", "Set-Cookie", "a=1"), RULES);
            StoredResponse whole = Storage.make(
                    stored.key(),
                    new Storage.Exchange(get(), ok("ETag", "\"a\"", "Set-Cookie", "a=1"), Given.TIMES),
                    stored.provenance(),
                    new byte[0],
                    rules);

            assertThat(requireNonNull(freshen(plain, "Set-Cookie", "a=2"))
                            .headers()
                            .contains("Set-Cookie"))
                    .isFalse();
            assertThat(requireNonNull(freshen(whole, "Set-Cookie", "a=2"))
                            .headers()
                            .all("Set-Cookie"))
                    .containsExactly("a=2");
        }

        @Test
        @DisplayName("starts a new age: the old one goes, and so does the old Date")
        void age() {
            StoredResponse undated =
                    requireNonNull(Validation.freshen(stored, new ResponseHead(304, Headers.empty()), LATER, NEWER));

            assertThat(undated.headers().contains("Age")).isFalse();
            assertThat(undated.headers().only("Date")).isEqualTo(HttpDate.format(LATER.received()));
            assertThat(requireNonNull(freshen(stored, "Age", "3")).headers().only("Age"))
                    .isEqualTo("3");
            assertThat(undated.times()).isEqualTo(LATER);
        }

        @Test
        @DisplayName("keeps a stored tag that matched, and takes one in place of a made one")
        void tag() {
            assertThat(requireNonNull(freshen(stored, "ETag", "W/\"a\""))
                            .headers()
                            .all("ETag"))
                    .containsExactly("\"a\"");
            assertThat(requireNonNull(freshen(
                                    stored("Last-Modified", MODIFIED), "Last-Modified", MODIFIED, "ETag", "\"n\""))
                            .headers()
                            .all("ETag"))
                    .containsExactly("\"n\"");
        }

        @Test
        @DisplayName("stamps the log position, keeps body, variant and rules, and works the selectors out anew")
        void provenance() {
            StoredResponse fresh = requireNonNull(freshen(stored, "Surrogate-Key", "tag"));

            assertThat(fresh.provenance().position()).isEqualTo(NEWER);
            assertThat(fresh.provenance().rulesHash())
                    .isEqualTo(stored.provenance().rulesHash());
            assertThat(fresh.provenance().selectors()).contains(new Selector(Selector.Kind.TAG, "tag"));
            assertThat(fresh.body()).isSameAs(stored.body());
            assertThat(fresh.variant()).isEqualTo(stored.variant());
            assertThat(stored.provenance().position()).isEqualTo(POSITION);
        }

        @ParameterizedTest(name = "<{0}>: {1}")
        @CsvSource(delimiter = '|', textBlock = """
                Accept     | true
                accept,    | true
                X          | false
                Accept, X  | false
                *          | false
                ''         | false
                """)
        @DisplayName("§4.1: another Vary needs values that nobody has kept: fetch it whole")
        void vary(String vary, boolean freshened) {
            StoredResponse varying = stored("ETag", "\"a\"", "Vary", "Accept");

            assertThat(freshen(varying, "Vary", vary) != null).isEqualTo(freshened);
            assertThat(freshen(varying)).isNotNull();
        }

        @Test
        @DisplayName("too many tags: fetch it whole")
        void tooMany() {
            String tags = IntStream.range(0, 300).mapToObj(i -> "t" + i).collect(Collectors.joining(" "));

            assertThat(freshen(stored, "Surrogate-Key", tags)).isNull();
        }
    }

    @Nested
    @DisplayName("§4.3.5: by the answer to a HEAD")
    class Head {

        private final StoredResponse stored = stored("ETag", "\"a\"", "Last-Modified", MODIFIED, "X", "old");

        @Test
        @DisplayName("SHOULD update where tag, date and length are the same or not said")
        void same() {
            for (ResponseHead head : List.of(
                    ok("X", "new"),
                    ok("X", "new", "ETag", "\"a\"", "Last-Modified", MODIFIED, "Content-Length", "5"))) {
                assertThat(requireNonNull(Validation.freshenByHead(stored, head, LATER, NEWER))
                                .headers()
                                .only("X"))
                        .isEqualTo("new");
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ETag=\"b\"",
                    "ETag=W/\"a\"",
                    "ETag=a",
                    "Last-Modified=" + "Thu, 01 Jan 1970 00:00:00 GMT",
                    "Content-Length=6"
                })
        @DisplayName("SHOULD be taken for stale where one of them differs")
        void differs(String field) {
            String[] parts = field.split("=", 2);

            assertThat(Validation.freshenByHead(stored, ok(parts), LATER, NEWER))
                    .isNull();
        }

        @Test
        @DisplayName("a tag says nothing of what has none of the origin's")
        void untagged() {
            assertThat(Validation.freshenByHead(stored(), ok("ETag", "\"a\""), LATER, NEWER))
                    .isNull();
        }

        @Test
        @DisplayName("only a 200 speaks of a stored 200")
        void statuses() {
            assertThat(Validation.freshenByHead(stored, status(404), LATER, NEWER))
                    .isNull();
            assertThat(Validation.freshenByHead(stored(status(404), RULES), ok(), LATER, NEWER))
                    .isNull();
        }
    }

    private static @Nullable StoredResponse freshen(StoredResponse stored, String... brought) {
        return Validation.freshen(stored, new ResponseHead(304, Headers.of(brought)), LATER, NEWER);
    }
}
