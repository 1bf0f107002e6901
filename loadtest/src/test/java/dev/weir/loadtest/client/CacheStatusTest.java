package dev.weir.loadtest.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheStatusTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weir; hit; ttl=30; detail=memory              | MEMORY",
                "weir; hit; ttl=30; detail=redis               | REDIS",
                "weir;hit;detail=\"REDIS\"                     | REDIS",
                "weir; hit                                     | HIT",
                "weir; hit=?0; fwd=miss                        | MISS",
                "weir; hit; ttl=-3; detail=memory              | STALE",
                "weir; fwd=uri-miss; stored                    | MISS",
                "weir; fwd=vary-miss; stored; collapsed=?0     | MISS",
                "weir; fwd=uri-miss; collapsed                 | COLLAPSED",
                "weir; fwd=stale; fwd-status=304; stored       | VALIDATED",
                "weir; fwd=bypass                              | BYPASS",
                "weir; fwd=method                              | BYPASS",
                "weir; fwd=request                             | BYPASS",
                "weir                                          | UNMARKED",
            })
    void tellsWhereAnAnswerCameFrom(String field, Source source) {
        assertThat(CacheStatus.of("weir", field)).map(CacheStatus::source).contains(source);
    }

    @Test
    @DisplayName("RFC 9211 §2: each cache on the way is a member; the one asked for is found among them")
    void findsItsOwnMember() {
        String field = "origin-cache; hit; ttl=100,weir; fwd=uri-miss;  stored , \"Some CDN\"; hit";

        assertThat(CacheStatus.of("weir", field)).map(CacheStatus::source).contains(Source.MISS);
        assertThat(CacheStatus.of("Some CDN", field)).map(CacheStatus::source).contains(Source.HIT);
        assertThat(CacheStatus.of("absent", field)).isEmpty();
    }

    @Test
    void commasAndSemicolonsInAStringSeparateNothing() {
        String field = "weir; detail=\"a, weir; hit \\\" b\"; fwd=miss";

        assertThat(CacheStatus.of("weir", field)).hasValueSatisfying(member -> {
            assertThat(member.parameters()).containsEntry("detail", "a, weir; hit \" b");
            assertThat(member.source()).isEqualTo(Source.MISS);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "weir; hit,", "weir; ", "weir; =1", "weir; detail=\"open", "weir hit", ", weir; hit"})
    @DisplayName("RFC 8941 §4.2: a field that is no structured list is ignored whole")
    void ignoresWhatIsMalformed(String field) {
        assertThat(CacheStatus.of("weir", field)).isEmpty();
    }
}
