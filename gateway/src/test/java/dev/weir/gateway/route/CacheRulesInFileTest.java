package dev.weir.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.policy.CacheRules;
import dev.weir.gateway.policy.CacheRules.Query;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the cache rules of a route")
class CacheRulesInFileTest {

    private static CacheRules rules(String cache) {
        String text = """
                origins:
                  site: { urls: ["http://127.0.0.1:1"] }
                routes:
                  - id: site
                    match: { path: "/**" }
                    origin: site
                    cache: %s
                """.formatted(cache);
        RouteFile.Parsed parsed = RouteFile.parse("routes.yaml", text, Map.of());
        assertThat(parsed.problems()).isEmpty();
        return parsed.table().orElseThrow().routes().get(0).cache();
    }

    @Test
    @DisplayName("are the defaults where nothing is said")
    void defaults() {
        assertThat(rules("{}")).isEqualTo(CacheRules.DEFAULT);
    }

    @Test
    @DisplayName("say what is fresh, and what may be stale")
    void freshness() {
        assertThat(rules("{ stale-if-unreachable: 2h, stale-while-revalidate: 30s }")
                        .stale())
                .isEqualTo(new CacheRules.Stale(Duration.ofHours(2), Duration.ofSeconds(30)));
        assertThat(rules("{ heuristic: { percent: 20, cap: 2h } }").heuristic())
                .isEqualTo(new CacheRules.Heuristic(20, Duration.ofHours(2)));
        assertThat(rules("{ heuristic: { percent: 0 } }").heuristic().percent()).isZero();
        assertThat(rules("{ targets: [B-Cache-Control, A-Cache-Control] }").targets())
                .containsExactly("B-Cache-Control", "A-Cache-Control");
        assertThat(rules("{ targets: [] }").targets()).isEqualTo(List.of());
        assertThat(rules("{ obey-client: false }").obeyClient()).isFalse();
    }

    @Test
    @DisplayName("say what cookies mean")
    void cookies() {
        assertThat(rules("{ set-cookie: strip }").cookies().setCookie()).isEqualTo(CacheRules.SetCookie.STRIP);
        assertThat(rules("{ set-cookie: store, cookies: { ignore: [theme, _ga] } }")
                        .cookies())
                .isEqualTo(new CacheRules.Cookies(CacheRules.SetCookie.STORE, Set.of("theme", "_ga")));
    }

    @Test
    @DisplayName("say which parameters tell pages apart")
    void query() {
        assertThat(rules("{ query: { deny: [\"utm_*\", fbclid] } }").query())
                .isEqualTo(new Query(Query.Keep.ALL_BUT, Set.of("utm_*", "fbclid"), false));
        assertThat(rules("{ query: { allow: [], sort: true } }").query())
                .isEqualTo(new Query(Query.Keep.ONLY, Set.of(), true));
        assertThat(rules("{ query: { allow: [\"*\"] } }").query())
                .isEqualTo(new Query(Query.Keep.ONLY, Set.of("*"), false));
    }
}
