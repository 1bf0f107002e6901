package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.ScriptedOrigin;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes that change while requests come in. */
class ReloadIT {

    private ScriptedOrigin blue;
    private ScriptedOrigin green;
    private GatewayUnderTest gateway;

    @BeforeEach
    void start() {
        blue = new ScriptedOrigin().on("/", "blue", "Cache-Control", "no-store");
        green = new ScriptedOrigin().on("/", "green", "Cache-Control", "no-store");
        gateway = GatewayUnderTest.inFrontOf(blue);
    }

    @AfterEach
    void stop() {
        gateway.close();
        green.close();
        blue.close();
    }

    @Test
    void aChangedFileIsSeenWithoutARestart() throws IOException {
        assertThat(gateway.get("/").body()).isEqualTo("blue");

        Files.writeString(gateway.routesFile(), GatewayUnderTest.routesTo(green.url(), ""));

        Eventually.get(() -> gateway.get("/").body(), "green"::equals);
    }

    @Test
    void aBadFileIsRefusedWithLineAndReasonAndTheOldRoutesStay() throws IOException {
        Files.writeString(
                gateway.routesFile(), GatewayUnderTest.routesTo(green.url(), "    cache: { enabeld: true }\n"));

        HttpResponse<String> refused = gateway.manage("POST", "/routes/reload", null);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("refused", "routes.yaml:7:", "enabeld", "enabled");
        assertThat(gateway.get("/").body()).isEqualTo("blue");
    }

    @Test
    void aReloadByHandTakesEffectAtOnce() throws IOException {
        Files.writeString(gateway.routesFile(), GatewayUnderTest.routesTo(green.url(), ""));

        assertThat(gateway.manage("POST", "/routes/reload", null).statusCode()).isEqualTo(200);

        assertThat(gateway.get("/").body()).isEqualTo("green");
        assertThat(gateway.manage("GET", "/routes", null).body()).contains(green.url());
    }

    @Test
    void otherRulesMakeWhatWasStoredUnderTheOldOnesAMiss() throws IOException {
        blue.on("/kept", "kept", "Cache-Control", "public, max-age=600");
        gateway.get("/kept");
        gateway.get("/kept");
        assertThat(blue.count("/kept")).isEqualTo(1);

        Files.writeString(gateway.routesFile(), GatewayUnderTest.routesTo(blue.url(), "    cache: { ttl: 5m }\n"));
        gateway.manage("POST", "/routes/reload", null);
        gateway.get("/kept");

        assertThat(blue.count("/kept")).isEqualTo(2);
    }
}
