package dev.weir.gateway.policy;

import static dev.weir.gateway.policy.Given.RULES;
import static dev.weir.gateway.policy.Given.THEN;
import static dev.weir.gateway.policy.Given.after;
import static dev.weir.gateway.policy.Given.get;
import static dev.weir.gateway.policy.Given.ok;
import static dev.weir.gateway.policy.Given.status;
import static dev.weir.gateway.policy.Given.stored;
import static dev.weir.gateway.policy.Given.storing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Request;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("May a stored response answer?")
class ReuseTest {

    @Nested
    @DisplayName("RFC 9111 §4.2: freshness")
    class Fresh {

        @Test
        @DisplayName("MAY be reused while its lifetime exceeds its age, to the millisecond")
        void boundary() {
            StoredResponse stored = stored("Cache-Control", "max-age=60", "ETag", "\"a\"");

            assertThat(Reuse.decide(stored, get(), RULES, Trust.VALID, THEN.plusMillis(59_999)))
                    .isEqualTo(
                            new Reuse(Reuse.Verdict.FRESH, "fresh", Duration.ofMillis(59_999), Duration.ofMillis(1)));
            assertThat(Reuse.decide(stored, get(), RULES, Trust.VALID, after(60)))
                    .isEqualTo(new Reuse(Reuse.Verdict.VALIDATE, "stale", Duration.ofSeconds(60), Duration.ZERO));
        }

        @Test
        @DisplayName("without a validator there is nothing to validate by: a miss")
        void noValidator() {
            assertThat(decide("max-age=60", null, 61)).isEqualTo("MISS stale");
        }

        @Test
        @DisplayName("a stored part answers no whole request (§3.3)")
        void part() {
            StoredResponse part =
                    stored(status(206, "Cache-Control", "max-age=60", "Content-Range", "bytes 0-4/10"), RULES);

            assertThat(Reuse.decide(part, get(), RULES, Trust.VALID, THEN).reason())
                    .isEqualTo("partial");
            assertThat(Reuse.decide(part, get("Range", "bytes=0-1"), RULES, Trust.VALID, THEN)
                            .reason())
                    .isEqualTo("fresh");
        }
    }

    @Nested
    @DisplayName("RFC 9111 §5.2.2: response directives")
    class ResponseDirectives {

        @Test
        @DisplayName("§5.2.2.4: MUST NOT use it without validation under no-cache, qualified or not")
        void noCache() {
            assertThat(decideValidatable("max-age=60, no-cache", null, 1)).isEqualTo("VALIDATE no-cache");
            assertThat(decideValidatable("max-age=60, no-cache=\"Set-Cookie\"", null, 1))
                    .isEqualTo("VALIDATE no-cache");
        }

        @ParameterizedTest
        @ValueSource(strings = {"no-store", "private", "private=\"x\"", "no-store, must-revalidate"})
        @DisplayName("§5.2.2.5, §5.2.2.7: what a validation has made no-store or private MUST NOT go out again")
        void withdrawn(String directive) {
            assertThat(decideValidatable("max-age=60, " + directive, null, 1)).isEqualTo("MISS withdrawn");
        }

        @ParameterizedTest
        @CsvSource({"200, fresh", "299, withdrawn"})
        @DisplayName("§5.2.2.3: must-understand lifts no-store for statuses that are understood")
        void mustUnderstand(int status, String reason) {
            StoredResponse stored =
                    stored(status(status, "Cache-Control", "max-age=60, no-store, must-understand"), RULES);

            assertThat(Reuse.decide(stored, get(), RULES, Trust.VALID, after(1)).reason())
                    .isEqualTo(reason);
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "max-age=60, must-revalidate",
                    "max-age=60, proxy-revalidate",
                    "s-maxage=60",
                    "max-age=60, no-cache"
                })
        @DisplayName("§4.2.4: MUST NOT be stale under must-revalidate, proxy-revalidate, s-maxage, no-cache")
        void neverStale(String control) {
            String value = control + ", stale-while-revalidate=100, stale-if-error=100";

            assertThat(decideValidatable(value, null, 61)).startsWith("VALIDATE");
            assertThat(decideValidatable(value, "max-stale", 61)).startsWith("VALIDATE");
        }
    }

    @Nested
    @DisplayName("RFC 5861 §3: stale-while-revalidate")
    class StaleWhileRevalidate {

        @ParameterizedTest(name = "{0} with a request of {1} after {2} s is {3}")
        @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
                max-age=60, stale-while-revalidate=30 | null        | 59 | FRESH fresh
                max-age=60, stale-while-revalidate=30 | null        | 60 | STALE_WHILE_REVALIDATE stale-while-revalidate
                max-age=60, stale-while-revalidate=30 | null        | 90 | STALE_WHILE_REVALIDATE stale-while-revalidate
                max-age=60, stale-while-revalidate=30 | null        | 91 | VALIDATE stale
                max-age=60, stale-while-revalidate=0  | null        | 60 | VALIDATE stale
                max-age=60, stale-while-revalidate=x  | null        | 60 | VALIDATE stale
                max-age=60, stale-while-revalidate=30 | no-cache    | 61 | VALIDATE request-no-cache
                max-age=60, stale-while-revalidate=30 | max-age=99  | 61 | VALIDATE stale
                max-age=60, stale-while-revalidate=30 | min-fresh=0 | 61 | VALIDATE request-min-fresh
                """)
        @DisplayName("MAY be served stale within the exact window, unless the client wants nothing stale")
        void window(String control, @Nullable String asked, long seconds, String expected) {
            assertThat(decideValidatable(control, asked, seconds)).isEqualTo(expected);
        }

        @Test
        @DisplayName("by the route where the response does not say; the response's word goes before")
        void route() {
            CacheRules rules = RULES.withStale(new CacheRules.Stale(Duration.ZERO, Duration.ofSeconds(30)));
            StoredResponse silent = stored(ok("Cache-Control", "max-age=60"), rules);
            StoredResponse strict = stored(ok("Cache-Control", "max-age=60, stale-while-revalidate=5"), rules);

            assertThat(Reuse.decide(silent, get(), rules, Trust.VALID, after(90))
                            .verdict())
                    .isEqualTo(Reuse.Verdict.STALE_WHILE_REVALIDATE);
            assertThat(Reuse.decide(strict, get(), rules, Trust.VALID, after(66))
                            .verdict())
                    .isEqualTo(Reuse.Verdict.MISS);
        }
    }

    @Nested
    @DisplayName("RFC 9111 §5.2.1: request directives")
    class RequestDirectives {

        @ParameterizedTest(name = "a request of {0} after {1} s is {2}")
        @CsvSource(delimiter = '|', textBlock = """
                max-age=10             | 10 | FRESH fresh
                max-age=10             | 11 | VALIDATE request-max-age
                max-age=0              | 0  | FRESH fresh
                max-age=0              | 1  | VALIDATE request-max-age
                max-age=x              | 1  | VALIDATE request-max-age
                min-fresh=50           | 10 | FRESH fresh
                min-fresh=50           | 11 | VALIDATE request-min-fresh
                max-stale=5            | 65 | FRESH request-max-stale
                max-stale=5            | 66 | VALIDATE stale
                max-stale              | 99999 | FRESH request-max-stale
                max-stale=x            | 61 | VALIDATE stale
                max-age=70, max-stale=9| 65 | FRESH request-max-stale
                max-age=64, max-stale=9| 65 | VALIDATE request-max-age
                no-cache               | 1  | VALIDATE request-no-cache
                no-store               | 1  | FRESH fresh
                only-if-cached         | 1  | FRESH fresh
                unknown="no-cache"     | 1  | FRESH fresh
                """)
        @DisplayName("are obeyed: max-age, max-stale, min-fresh, no-cache")
        void obeyed(String asked, long seconds, String expected) {
            assertThat(decideValidatable("max-age=60", asked, seconds)).isEqualTo(expected);
        }

        @Test
        @DisplayName("§5.4: Pragma: no-cache counts where there is no Cache-Control")
        void pragma() {
            assertThat(decide(get("Pragma", "no-cache"), RULES)).isEqualTo("VALIDATE request-no-cache");
            assertThat(decide(get("Pragma", "x"), RULES)).isEqualTo("FRESH fresh");
            assertThat(decide(get("Pragma", "no-cache", "Cache-Control", "max-age=9"), RULES))
                    .isEqualTo("FRESH fresh");
        }

        @Test
        @DisplayName("MAY be ignored by a route")
        void ignored() {
            CacheRules rules = RULES.withObeyClient(false);

            assertThat(decide(get("Cache-Control", "no-cache"), rules)).isEqualTo("FRESH fresh");
            assertThat(decide(get("Pragma", "no-cache"), rules)).isEqualTo("FRESH fresh");
        }

        private String decide(Request client, CacheRules rules) {
            StoredResponse stored = stored(ok("Cache-Control", "max-age=60", "ETag", "\"a\""), rules);
            return text(Reuse.decide(stored, client, rules, Trust.VALID, after(1)));
        }
    }

    @Nested
    @DisplayName("What the invalidation log says")
    class Purges {

        @ParameterizedTest(name = "{0}, {1}, tag {2}: {3}")
        @CsvSource({
            "VALID,    'max-age=60', '\"a\"', FRESH fresh",
            "STALE,    'max-age=60', '\"a\"', VALIDATE stale",
            "STALE,    'max-age=60, stale-while-revalidate=5', '\"a\"', STALE_WHILE_REVALIDATE stale-while-revalidate",
            "VALIDATE, 'max-age=60, stale-while-revalidate=5', '\"a\"', VALIDATE purged",
            "VALIDATE, 'max-age=60', 'W/\"a\"', MISS purged",
            "VALIDATE, 'max-age=60', a, MISS purged",
            "GONE,     'max-age=60', '\"a\"', MISS purged"
        })
        @DisplayName("hard: never; validate: by a strong validator; soft: as stale")
        void trust(Trust trust, String control, String etag, String expected) {
            StoredResponse stored = stored("Cache-Control", control, "ETag", etag);

            assertThat(text(Reuse.decide(stored, get(), RULES, trust, after(1))))
                    .isEqualTo(expected);
        }

        @Test
        @DisplayName("a soft purge does not shorten what is stale already")
        void softAndStale() {
            Reuse reuse = Reuse.decide(stored("Cache-Control", "max-age=60"), get(), RULES, Trust.STALE, after(70));

            assertThat(reuse.ttl()).isEqualTo(Duration.ofSeconds(-10));
        }

        @Test
        @DisplayName("a purged response does not serve a client that takes anything stale")
        void maxStale() {
            StoredResponse stored = stored("Cache-Control", "max-age=60", "ETag", "\"a\"");

            assertThat(Reuse.decide(stored, get("Cache-Control", "max-stale"), RULES, Trust.VALIDATE, after(1))
                            .verdict())
                    .isEqualTo(Reuse.Verdict.VALIDATE);
        }
    }

    @ParameterizedTest
    @EnumSource(Trust.class)
    @DisplayName("What was stored under other rules is a miss")
    void otherRules(Trust trust) {
        StoredResponse stored = stored("Cache-Control", "max-age=60", "ETag", "\"a\"");
        CacheRules changed = storing(true, 1);

        assertThat(Reuse.decide(stored, get(), changed, trust, THEN).verdict()).isEqualTo(Reuse.Verdict.MISS);
    }

    @ParameterizedTest(name = "a request of {0} after {1} s: {2}")
    @CsvSource(
            nullValues = "null",
            value = {
                "no-cache, 1, REQUEST",
                "no-cache, 59, REQUEST",
                "no-cache, 60, STALE",
                "no-cache, 61, STALE",
                "null, 60, STALE",
                "max-age=5, 6, REQUEST",
                "min-fresh=30, 40, REQUEST"
            })
    @DisplayName("RFC 9211 §2.2: fwd=request only where the client alone was in the way of a fresh response")
    void forward(@Nullable String asked, long seconds, CacheStatus.Forward expected) {
        StoredResponse stored = stored("Cache-Control", "max-age=60", "ETag", "\"a\"");
        Reuse reuse = Reuse.decide(stored, client(asked), RULES, Trust.VALID, after(seconds));

        assertThat(reuse.forward()).isEqualTo(expected);
    }

    @Test
    @DisplayName("RFC 9211 §2.2: fwd=stale where the response itself wants a validation")
    void forwardByResponse() {
        StoredResponse stored = stored("Cache-Control", "max-age=60, no-cache", "ETag", "\"a\"");

        assertThat(Reuse.decide(stored, get(), RULES, Trust.VALID, after(1)).forward())
                .isEqualTo(CacheStatus.Forward.STALE);
    }

    private static String decide(String control, @Nullable String asked, long seconds) {
        return text(Reuse.decide(stored("Cache-Control", control), client(asked), RULES, Trust.VALID, after(seconds)));
    }

    private static String decideValidatable(String control, @Nullable String asked, long seconds) {
        StoredResponse stored = stored("Cache-Control", control, "ETag", "\"a\"");
        return text(Reuse.decide(stored, client(asked), RULES, Trust.VALID, after(seconds)));
    }

    private static Request client(@Nullable String control) {
        return control == null ? get() : get("Cache-Control", control);
    }

    private static String text(Reuse reuse) {
        return reuse.verdict() + " " + reuse.reason();
    }
}
