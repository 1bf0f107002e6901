package dev.weir.gateway.flow;

import static dev.weir.gateway.testkit.GatewayUnderTest.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.ScriptedOrigin;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one client sees of the cache, over real sockets. */
class CachingIT {

    private static final String FRESH = "public, max-age=60";

    private static ScriptedOrigin origin;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        origin = new ScriptedOrigin();
        gateway = GatewayUnderTest.inFrontOf(origin);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        origin.close();
    }

    @Test
    void aFreshResponseIsFetchedOnceAndServedFromMemory() {
        origin.on("/fresh", "hello", "Cache-Control", FRESH, "ETag", "\"v1\"");

        HttpResponse<String> miss = gateway.get("/fresh");
        HttpResponse<String> hit = gateway.get("/fresh");

        assertThat(miss.body()).isEqualTo("hello");
        assertThat(status(miss)).startsWith("weir; fwd=uri-miss").contains("stored");
        assertThat(miss.headers().firstValue("Age")).isEmpty();
        assertThat(hit.body()).isEqualTo("hello");
        assertThat(status(hit)).startsWith("weir; hit").contains("detail=memory");
        assertThat(hit.headers().firstValue("Age")).isPresent();
        assertThat(origin.count("/fresh")).isEqualTo(1);
    }
}
