package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.RedisServer;
import dev.weir.gateway.testkit.ScriptedOrigin;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Redis where the gateways have a user of their own, who may do what they need and no more. */
@Timeout(60)
class AclIT {

    /** As docs/invalidation.md has it. */
    private static final String USER = "ACL SETUSER weir on >secret ~{weir}:* ~weir:* &{weir}:*"
            + " -@all +@read +@write +@scripting +@pubsub +@connection +info +time +xinfo +xgroup";

    @Test
    void aUserOfItsOwnWithTheseRightsIsEnough() {
        try (RedisServer redis = RedisServer.start();
                ScriptedOrigin origin = new ScriptedOrigin()) {
            assertThat(redis.command(USER)).isEqualTo("+OK");
            assertThat(redis.command("ACL SETUSER default off")).isEqualTo("+OK");
            origin.on(
                    "/page", "text", "Cache-Control", "public, max-age=600", "ETag", "\"1\"", "Surrogate-Key", "page");
            try (GatewayUnderTest one = gateway(redis, origin, "one");
                    GatewayUnderTest two = gateway(redis, origin, "two")) {
                assertThat(one.get("/page", "Host", "site.example").statusCode())
                        .isEqualTo(200);
                Eventually.isTrue(() -> two.manage("GET", "/explain?url=http://site.example/page", null)
                        .body()
                        .contains("\"redis\" : [ {"));
                assertThat(GatewayUnderTest.status(two.get("/page", "Host", "site.example")))
                        .contains("hit");
                assertThat(origin.count("/page")).isEqualTo(1);

                HttpResponse<String> purged = two.purge("{\"tags\":[\"page\"]}");

                assertThat(purged.statusCode()).as(purged.body()).isEqualTo(200);
            }
        }
    }

    private static GatewayUnderTest gateway(RedisServer redis, ScriptedOrigin origin, String id) {
        return GatewayUnderTest.inFrontOf(
                        origin,
                        "redis.uri=redis://weir:secret@127.0.0.1:" + redis.port(),
                        "redis.budget=1s",
                        "replica.id=" + id)
                .awaitReady();
    }
}
