package dev.weir.gateway.policy;

import static dev.weir.gateway.policy.Given.DATE;
import static dev.weir.gateway.policy.Given.RULES;
import static dev.weir.gateway.policy.Given.after;
import static dev.weir.gateway.policy.Given.ok;
import static dev.weir.gateway.policy.Given.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.HttpDate;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.policy.Freshness.Source;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("For how long is a response fresh?")
class FreshnessTest {

    private static final String IN_A_MINUTE = HttpDate.format(after(60));

    @Nested
    @DisplayName("RFC 9111 §4.2.1: calculating the freshness lifetime")
    class Lifetime {

        @Test
        @DisplayName("s-maxage before max-age before Expires")
        void order() {
            assertThat(of(ok("Cache-Control", "max-age=1, s-maxage=2", "Expires", IN_A_MINUTE)))
                    .isEqualTo(new Freshness(Duration.ofSeconds(2), Source.S_MAXAGE));
            assertThat(of(ok("Cache-Control", "max-age=1", "Expires", IN_A_MINUTE)))
                    .isEqualTo(new Freshness(Duration.ofSeconds(1), Source.MAX_AGE));
            assertThat(of(ok("Expires", IN_A_MINUTE))).isEqualTo(new Freshness(Duration.ofSeconds(60), Source.EXPIRES));
        }

        @Test
        @DisplayName("SHOULD take an invalid max-age for stale, whatever Expires says")
        void invalid() {
            assertThat(of(ok("Cache-Control", "max-age=x", "Expires", IN_A_MINUTE))
                            .lifetime())
                    .isZero();
        }

        @Test
        @DisplayName("RFC 9213 §2.2: a targeted field replaces Cache-Control and Expires")
        void targeted() {
            assertThat(of(ok("CDN-Cache-Control", "max-age=5", "Cache-Control", "s-maxage=1")))
                    .isEqualTo(new Freshness(Duration.ofSeconds(5), Source.MAX_AGE));
            assertThat(of(ok("CDN-Cache-Control", "public", "Expires", IN_A_MINUTE))
                            .source())
                    .isEqualTo(Source.NONE);
        }

        @Test
        @DisplayName("The route's own ttl goes before all")
        void rule() {
            assertThat(Freshness.of(ok("Cache-Control", "s-maxage=1"), RULES.withTtl(Duration.ofSeconds(9))))
                    .isEqualTo(new Freshness(Duration.ofSeconds(9), Source.RULE));
            assertThat(Freshness.of(status(302), RULES.withTtl(Duration.ofSeconds(9)))
                            .source())
                    .isEqualTo(Source.RULE);
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 404, 500, 503})
        @DisplayName("but an error lives by its own word")
        void ruleAndErrors(int status) {
            CacheRules rules = RULES.withTtl(Duration.ofSeconds(9));

            assertThat(Freshness.of(status(status), rules).source()).isEqualTo(Source.NONE);
            assertThat(Freshness.of(status(status, "Cache-Control", "max-age=1"), rules)
                            .lifetime())
                    .hasSeconds(1);
        }
    }

    @Nested
    @DisplayName("RFC 9111 §5.3: Expires")
    class Expires {

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "", "never", "Thu, 01 Jan 1970 00:00:00 UTC", "2030-01-01T01:00:00Z"})
        @DisplayName("MUST take invalid dates for the past")
        void invalid(String value) {
            assertThat(of(ok("Expires", value))).isEqualTo(new Freshness(Duration.ZERO, Source.EXPIRES));
        }

        @Test
        @DisplayName("is stale when repeated, before Date, or without a Date to measure from")
        void unusable() {
            assertThat(of(ok("Expires", IN_A_MINUTE, "Expires", IN_A_MINUTE)).lifetime())
                    .isZero();
            assertThat(of(ok("Expires", HttpDate.format(after(-1)))).lifetime()).isZero();
            assertThat(of(new ResponseHead(200, Headers.of("Expires", IN_A_MINUTE)))
                            .lifetime())
                    .isZero();
        }
    }

    @Nested
    @DisplayName("RFC 9111 §4.2.2: heuristic freshness")
    class Heuristic {

        private final String hundredMinutesAgo = HttpDate.format(after(-6000));

        @ParameterizedTest
        @ValueSource(ints = {200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 451, 501})
        @DisplayName("MAY be a tenth of the time since the last modification, for statuses defined so")
        void tenth(int status) {
            assertThat(of(status(status, "Last-Modified", hundredMinutesAgo)))
                    .isEqualTo(new Freshness(Duration.ofMinutes(10), Source.HEURISTIC));
        }

        @ParameterizedTest
        @ValueSource(ints = {201, 202, 299, 302, 303, 307, 403, 418, 500, 502, 503, 504, 599})
        @DisplayName("MUST NOT be used for other statuses, unless the response is public")
        void otherStatuses(int status) {
            assertThat(of(status(status, "Last-Modified", hundredMinutesAgo)).source())
                    .isEqualTo(Source.NONE);
            assertThat(of(status(status, "Last-Modified", hundredMinutesAgo, "Cache-Control", "public"))
                            .source())
                    .isEqualTo(Source.HEURISTIC);
        }

        @Test
        @DisplayName("MUST NOT be used where there is explicit freshness")
        void explicit() {
            assertThat(of(ok("Last-Modified", hundredMinutesAgo, "Cache-Control", "max-age=1"))
                            .lifetime())
                    .hasSeconds(1);
        }

        @Test
        @DisplayName("has a cap")
        void cap() {
            assertThat(of(ok("Last-Modified", "Thu, 01 Jan 1970 00:00:00 GMT")).lifetime())
                    .isEqualTo(Duration.ofDays(1));
        }

        @Test
        @DisplayName("needs a Date, a Last-Modified before it, and a route that lets it")
        void needs() {
            ResponseHead undated = new ResponseHead(200, Headers.of("Last-Modified", hundredMinutesAgo));

            assertThat(of(undated).source()).isEqualTo(Source.NONE);
            assertThat(of(ok("Last-Modified", DATE)).source()).isEqualTo(Source.NONE);
            assertThat(of(ok("Last-Modified", "yesterday")).source()).isEqualTo(Source.NONE);
            assertThat(of(ok()).source()).isEqualTo(Source.NONE);
            assertThat(Freshness.of(
                                    ok("Last-Modified", hundredMinutesAgo),
                                    RULES.withHeuristic(CacheRules.Heuristic.NONE))
                            .source())
                    .isEqualTo(Source.NONE);
        }
    }

    private static Freshness of(ResponseHead head) {
        return Freshness.of(head, RULES);
    }
}
