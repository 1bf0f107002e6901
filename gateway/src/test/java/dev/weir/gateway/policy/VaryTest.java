package dev.weir.gateway.policy;

import static dev.weir.gateway.policy.Given.RULES;
import static dev.weir.gateway.policy.Given.TIMES;
import static dev.weir.gateway.policy.Given.after;
import static dev.weir.gateway.policy.Given.get;
import static dev.weir.gateway.policy.Given.ok;
import static dev.weir.gateway.policy.Given.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.HttpDate;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 §4.1: which requests does a stored response answer?")
class VaryTest {

    @Nested
    @DisplayName("The names that Vary lists")
    class Names {

        @Test
        @DisplayName("are gathered from all lines, without regard to case, white space and empty members")
        void lines() {
            Headers response = Headers.of("Vary", "B , a,,", "vary", "\tA");

            assertThat(Vary.of(response, get("A", "1", "B", "2")))
                    .isEqualTo(new StoredResponse.Variant(List.of("a", "b"), List.of("1", "2")));
        }

        @Test
        @DisplayName("none: every request matches")
        void none() {
            assertThat(Vary.of(Headers.of("Vary", " "), get())).isEqualTo(StoredResponse.Variant.NONE);
            assertThat(Vary.matches(StoredResponse.Variant.NONE, get("A", "1"))).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"*", " *", "Accept, *", "*,Accept", "\"Accept, *", "A\", \"*\", \"B, *"})
        @DisplayName("*: MUST match no request, in a list too, behind a stray quote too")
        void any(String vary) {
            Headers response = Headers.of("Vary", vary);

            assertThat(Vary.isAny(response)).isTrue();
            assertThat(Vary.matches(Vary.of(response, get()), get())).isFalse();
            assertThat(Vary.isAny(Headers.of("Vary", "A", "Vary", "*"))).isTrue();
            assertThat(Vary.isAny(Headers.of("Vary", "Accept, a*b"))).isFalse();
        }
    }

    @Nested
    @DisplayName("What is no field name")
    class Malformed {

        @ParameterizedTest
        @ValueSource(strings = {"\"Accept\"", "Accept Encoding", "Accept;q=1", "Accept, é", "(Accept"})
        @DisplayName("tells nobody what to compare: it MUST match no request, as * does")
        void noName(String vary) {
            assertThat(Vary.isAny(Headers.of("Vary", vary))).isTrue();
        }
    }

    @Nested
    @DisplayName("Their values MUST match")
    class Values {

        @ParameterizedTest(name = "{0}: <{1}> as <{2}>: {3}")
        @CsvSource(delimiter = '|', textBlock = """
                X               | a              | a                        | true
                X               | a              | A                        | false
                X               | a,b            | a, b                     | false
                X               | a              | ' a '                    | true
                X               | ''             | ' '                      | true
                Accept          | text/a,text/b  | 'text/a ,  text/b'       | true
                Accept          | text/a,text/b  | text/b,text/a            | false
                Accept-Encoding | gzip, br       | BR , gzip                | true
                Accept-Encoding | gzip;q=1, br   | br;Q=1.000, x-gzip       | true
                Accept-Encoding | gzip;q=0.5     | gzip; q=0.50             | true
                Accept-Encoding | gzip;q=0.5     | gzip;q=0.6               | false
                Accept-Encoding | gzip           | gzip;q=0                 | false
                Accept-Encoding | gzip;q=0.      | gzip;q=0                 | true
                Accept-Encoding | compress       | x-compress               | true
                Accept-Encoding | gzip, gzip     | gzip                     | true
                Accept-Encoding | gzip;x=1       | gzip;x=1                 | true
                Accept-Encoding | gzip;x=1       | gzip; x=1                | false
                Accept-Encoding | gzip;q=2       | gzip;q=2.0               | false
                Accept-Encoding | ;q=1           | ;q=1.0                   | false
                Accept-Encoding | ;q=1, br       | br, ;q=1                 | false
                Accept-Language | en, de;q=0.5   | DE;q=0.5,EN              | true
                Accept-Language | en, de         | en                       | false
                """)
        @DisplayName("lines joined, white space, case, order and weights normalised where they mean nothing")
        void normalised(String name, String stored, String asked, boolean matches) {
            StoredResponse.Variant variant = Vary.of(Headers.of("Vary", name), get(name, stored));

            assertThat(Vary.matches(variant, get(name, asked))).isEqualTo(matches);
        }

        @Test
        @DisplayName("absent matches only absent, empty only empty")
        void absent() {
            Headers response = Headers.of("Vary", "X");

            assertThat(Vary.matches(Vary.of(response, get()), get())).isTrue();
            assertThat(Vary.matches(Vary.of(response, get()), get("X", ""))).isFalse();
            assertThat(Vary.matches(Vary.of(response, get("X", "")), get())).isFalse();
            assertThat(Vary.matches(Vary.of(response, get("X", "")), get("X", "")))
                    .isTrue();
        }

        @Test
        @DisplayName("two lines are the list of both")
        void lines() {
            StoredResponse.Variant variant = Vary.of(Headers.of("Vary", "X"), get("X", "a", "X", "b"));

            assertThat(Vary.matches(variant, get("X", "a, b"))).isTrue();
            assertThat(Vary.matches(variant, get("X", "b", "X", "a"))).isFalse();
        }
    }

    @Nested
    @DisplayName("By the stored language")
    class Language {

        @ParameterizedTest(name = "{0} asking for {1}: {2}")
        @CsvSource(delimiter = '|', textBlock = """
                de | de             | true
                de | fr;q=0.5, de   | true
                de | DE, fr;q=0.9   | true
                de | fr, de;q=0.9   | false
                de | fr, de         | false
                de | de, fr         | false
                de | de;q=0         | false
                de | de-AT          | false
                de | *              | false
                de | de;q=x         | false
                de | ''             | false
                '' | ''             | false
                """)
        @DisplayName("MAY answer who asks before all else for the language that is stored")
        void favourite(String language, String asked, boolean selected) {
            StoredResponse stored = variant("Vary", "Accept-Language", "Content-Language", language);

            assertThat(Vary.selects(stored, get("Accept-Language", asked))).isEqualTo(selected);
        }

        @Test
        @DisplayName("needs both fields, and every other field to match")
        void needs() {
            StoredResponse unnamed = variant("Vary", "Accept-Language");
            StoredResponse both = variant("Vary", "Accept-Language, X", "Content-Language", "de");

            assertThat(Vary.selects(unnamed, get("Accept-Language", "de"))).isFalse();
            assertThat(Vary.selects(variant("Vary", "Accept-Language", "Content-Language", "de"), get()))
                    .isFalse();
            assertThat(Vary.selects(both, get("Accept-Language", "de", "X", "1")))
                    .isFalse();
            assertThat(Vary.selects(both, get("Accept-Language", "de"))).isTrue();
        }

        /** Fetched by a request for English first. */
        private StoredResponse variant(String... fields) {
            Request upstream = get("Accept-Language", "en");
            return Storage.make(CacheKey.of(upstream), upstream, ok(fields), TIMES, stored().provenance(), new byte[0]);
        }
    }

    @Nested
    @DisplayName("§4: of several that match")
    class Best {

        private final StoredResponse older = stored("X", "older");
        private final StoredResponse newer =
                stored(new ResponseHead(200, Headers.of("Date", HttpDate.format(after(5)), "X", "newer")), RULES);

        @Test
        @DisplayName("MUST use the most recent by Date")
        void recent() {
            assertThat(Vary.best(List.of(older, newer), get())).isSameAs(newer);
            assertThat(Vary.best(List.of(newer, older), get())).isSameAs(newer);
        }

        @Test
        @DisplayName("none where none matches")
        void none() {
            assertThat(Vary.best(List.of(stored("Vary", "X")), get("X", "1"))).isNull();
        }

        @Test
        @DisplayName("without a Date, by when it came")
        void undated() {
            StoredResponse undated = new StoredResponse(
                    older.key(),
                    new ResponseHead(200, Headers.empty()),
                    new StoredResponse.Times(after(9), after(9)),
                    StoredResponse.Variant.NONE,
                    older.provenance(),
                    Body.EMPTY);

            assertThat(Vary.best(List.of(newer, undated), get())).isSameAs(undated);
        }
    }
}
