package dev.weir.gateway.policy;

import static dev.weir.gateway.policy.Given.storing;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CacheRulesTest {

    private static final CacheRules RULES = CacheRules.DEFAULT;

    @Test
    @DisplayName("Each setting shows in the hash, so that what was stored under another is a miss")
    void hashes() {
        List<CacheRules> all = List.of(
                RULES,
                storing(false, RULES.maxObjectBytes()),
                RULES.withTtl(Duration.ofSeconds(1)),
                storing(true, 1),
                RULES.withStale(new CacheRules.Stale(Duration.ZERO)),
                RULES.withStale(new CacheRules.Stale(Duration.ofHours(1), Duration.ofSeconds(1))),
                RULES.withHeuristic(CacheRules.Heuristic.NONE),
                RULES.withTargets(List.of()),
                RULES.withObeyClient(false),
                RULES.withCookies(new CacheRules.Cookies(CacheRules.SetCookie.STRIP, Set.of())),
                RULES.withCookies(new CacheRules.Cookies(CacheRules.SetCookie.PASS, Set.of("a"))),
                RULES.withQuery(new CacheRules.Query(CacheRules.Query.Keep.ONLY, Set.of(), false)));

        assertThat(all).extracting(CacheRules::hash).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("Equal rules have one hash, in whatever order their names were given")
    void sameHash() {
        CacheRules one = RULES.withCookies(new CacheRules.Cookies(CacheRules.SetCookie.PASS, Set.of("a", "b", "c")));
        CacheRules other = RULES.withCookies(new CacheRules.Cookies(CacheRules.SetCookie.PASS, Set.of("c", "b", "a")));

        assertThat(one).isEqualTo(other);
        assertThat(one.hash()).isEqualTo(other.hash());
    }
}
