package dev.weir.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.RawHttp;
import dev.weir.gateway.testkit.ScriptedOrigin;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests on one connection, one after the other and ahead of each other: each has its answer, whatever came before. */
@Timeout(60)
class KeepAliveIT {

    private ScriptedOrigin origin;
    private GatewayUnderTest gateway;

    @BeforeEach
    void start() {
        origin = new ScriptedOrigin()
                .on("/stored", "from memory", "Cache-Control", "max-age=600")
                .on("/passed", "from the origin", "Cache-Control", "no-store");
        gateway = GatewayUnderTest.inFrontOf(origin);
        gateway.get("/stored");
    }

    @AfterEach
    void stop() {
        gateway.close();
        origin.close();
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n";
    }

    private String on(String requests) {
        return requests.replace("%d", Integer.toString(gateway.port()));
    }

    @Test
    void aHitThatWasSentBehindAPassedRequestLeavesTheConnectionAlive() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(on(get("/passed") + get("/stored")));
            assertThat(client.readUntil("from memory")).contains("from the origin");

            for (int i = 0; i < 3; i++) {
                client.send(on(get("/stored")));
                assertThat(client.readUntil("from memory")).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void manySentAheadAreAnsweredInTheirOrder() throws IOException {
        try (RawHttp client = new RawHttp(gateway.port())) {
            client.send(on((get("/passed") + get("/stored") + get("/stored")).repeat(30) + get("/passed")));

            String all = client.readUntil("from memory");
            for (int i = 1; i < 60; i++) {
                all += client.readUntil("from memory");
            }
            all += client.readUntil("from the origin");

            assertThat(all.split("from the origin", -1)).hasSize(32);
            client.send(on(get("/stored")));
            assertThat(client.readUntil("from memory")).startsWith("HTTP/1.1 200");
        }
    }
}
