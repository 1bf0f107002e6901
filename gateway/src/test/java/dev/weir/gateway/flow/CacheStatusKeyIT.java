package dev.weir.gateway.flow;

import static dev.weir.gateway.testkit.GatewayUnderTest.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.ScriptedOrigin;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Cache-Status with cache-status-key: true")
class CacheStatusKeyIT {

    @Test
    @DisplayName("tells the key on misses, hits, errors, and not where the cache has no part (RFC 9211 §2.7)")
    void tellsTheKey() {
        try (ScriptedOrigin origin = new ScriptedOrigin().on("/a", "text", "Cache-Control", "max-age=60");
                GatewayUnderTest gateway = GatewayUnderTest.start(
                        GatewayUnderTest.routesTo(origin.url(), "    cache: { query: { deny: [utm] } }\n"),
                        "cache-status-key=true")) {
            String key = "key=\"http://127.0.0.1:" + gateway.port() + "/a?b=%C3%A9\"";

            assertThat(status(gateway.get("/a?utm=1&b=%c3%a9"))).contains("fwd=uri-miss", key);
            assertThat(status(gateway.get("/a?b=%C3%A9"))).contains("weir; hit", key);
            assertThat(status(gateway.get("/a?b=%C3%A9", "Cache-Control", "no-cache")))
                    .contains("fwd=request", key);
            assertThat(status(gateway.send("POST", "/a?b=%C3%A9", "x"))).doesNotContain("key=");
            origin.close();
            assertThat(status(gateway.get("/a?c"))).contains("fwd=uri-miss", "/a?c\"", "detail=refused");
        }
    }
}
